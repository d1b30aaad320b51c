package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.ImageLayout;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A residual block {@code y = f(body(x) + shortcut(x))} (He et al., CVPR 2016). The shortcut is the identity if the body
 * keeps the shape; otherwise it is a linear projection: for pictures a 1x1 convolution, with the stride that the body's
 * output tells, for vectors and sequences a dense layer.
 *
 * @param body what learns the residual, usually with no activation at its end
 * @param activation f
 * @param initializer how the projection starts
 * @param batchNorm whether a batch normalisation follows a projection of pictures
 */
public record Residual(LayerSpec body, Activation activation, Initializer initializer, boolean batchNorm)
        implements LayerSpec {

    /** Checks the values. */
    public Residual {
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(initializer, "initializer");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        Layer main = body.bind(input, binder.child("body"));
        Layer shortcut = shortcut(input, main.outputShape()).bind(input, binder.child("shortcut"));
        if (!shortcut.outputShape().equals(main.outputShape())) {
            throw new IllegalArgumentException("residual: the body makes " + main.outputShape() + " of " + input
                    + ", the projected shortcut " + shortcut.outputShape()
                    + "; use SAME padding and a stride in the body, so that the shapes agree");
        }
        return new Bound(main, shortcut, activation, binder.slot(), binder.inputNeedsGradient());
    }

    private LayerSpec shortcut(Shape input, Shape output) {
        if (input.equals(output)) {
            return Chain.of();
        }
        if (input instanceof Shape.Image from && output instanceof Shape.Image to) {
            int stride = Math.max(1, Math.round((float) from.height() / to.height()));
            LayerSpec projection =
                    new Conv2d(to.channels(), 1, stride, 1, Padding.SAME, !batchNorm, Activation.IDENTITY, initializer);
            return batchNorm ? Chain.of(projection, BatchNorm.of(Activation.IDENTITY)) : projection;
        }
        if (input.getClass() == output.getClass() && !(input instanceof Shape.Tokens)) {
            long[] sizes = output.dimensions();
            return new Dense((int) sizes[sizes.length - 1], Activation.IDENTITY, initializer);
        }
        throw new IllegalArgumentException("residual: the body makes " + output + " of " + input
                + "; a block's input and output must be of one kind, so flatten or pool behind it");
    }

    private record Bound(Layer body, Layer shortcut, Activation activation, Slot<INDArray> kept, boolean needsGradient)
            implements Layer {

        @Override
        public boolean takesBlocks() {
            return true;
        }

        @Override
        public Shape outputShape() {
            return body.outputShape();
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray main = run(body, x, pass);
            INDArray z = Sums.of(main, ImageLayout.like(run(shortcut, x, pass), main));
            INDArray y = activation.apply(z);
            pass.save(kept, activation.keepsInput() ? z : y);
            return y;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray known = pass.load(kept);
            INDArray g = activation.gradient(known, ImageLayout.like(gradient, known));
            INDArray throughBody = back(body, g, pass);
            INDArray throughShortcut = back(shortcut, g, pass);
            // Not in place: either may be g itself, or share its memory.
            return needsGradient ? Sums.of(throughBody, ImageLayout.like(throughShortcut, throughBody)) : null;
        }

        private static INDArray run(Layer layer, INDArray x, Pass pass) {
            return layer.forward(layer.takesBlocks() ? x : ImageLayout.plain(x), pass);
        }

        private static INDArray back(Layer layer, INDArray gradient, Pass pass) {
            return layer.backward(layer.takesBlocks() ? gradient : ImageLayout.plain(gradient), pass);
        }
    }
}
