package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Collections;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Pictures whose channels appear several times: a, b becomes a, b, a, b.
 *
 * @param times how often each channel appears, at least 1
 */
public record RepeatChannels(int times) implements LayerSpec {

    /** Checks the value. */
    public RepeatChannels {
        Require.atLeast("repeatChannels: times", times, 1);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Image image)) {
            throw new IllegalArgumentException("repeatChannels: input is " + input + "; it takes pictures");
        }
        Shape output = Shape.image(image.channels() * times, image.height(), image.width());
        return new Bound(times, image.channels(), output, binder.inputNeedsGradient());
    }

    private record Bound(int times, int channels, Shape outputShape, boolean needsGradient) implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            return Nd4j.concat(1, Collections.nCopies(times, x).toArray(INDArray[]::new));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            if (!needsGradient) {
                return null;
            }
            INDArray sum = copy(gradient, 0).dup('c');
            for (int i = 1; i < times; i++) {
                sum.addi(copy(gradient, i));
            }
            return sum;
        }

        private INDArray copy(INDArray all, int i) {
            return all.get(NDArrayIndex.all(), NDArrayIndex.interval((long) i * channels, (i + 1L) * channels));
        }
    }
}
