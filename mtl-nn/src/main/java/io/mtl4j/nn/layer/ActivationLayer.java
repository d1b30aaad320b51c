package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.ImageLayout;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An elementwise function as a layer of its own. Where a layer has an activation setting, that is faster.
 *
 * @param activation the function
 */
public record ActivationLayer(Activation activation) implements LayerSpec {

    /** Checks the value. */
    public ActivationLayer {
        Objects.requireNonNull(activation, "activation");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (input instanceof Shape.Tokens) {
            throw new IllegalArgumentException(
                    "activation: input is " + input + "; it takes numbers, so put an embedding before it");
        }
        return new Bound(activation, input, binder.slot());
    }

    private record Bound(Activation activation, Shape outputShape, Slot<INDArray> kept) implements Layer {

        @Override
        public boolean takesBlocks() {
            return true;
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray y = activation.apply(activation.keepsInput() ? x : x.dup('c'));
            pass.save(kept, activation.keepsInput() ? x : y);
            return y;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray known = pass.load(kept);
            return activation.gradient(known, ImageLayout.like(gradient, known));
        }
    }
}
