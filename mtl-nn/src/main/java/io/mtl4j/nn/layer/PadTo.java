package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Puts pictures in the middle of larger ones of zeros. If the number of added rows is odd, the extra one is below; the
 * extra column is on the right.
 *
 * @param height rows afterwards
 * @param width columns afterwards
 */
public record PadTo(int height, int width) implements LayerSpec {

    /** Checks the values. */
    public PadTo {
        Require.atLeast("padTo: height", height, 1);
        Require.atLeast("padTo: width", width, 1);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Image image)) {
            throw new IllegalArgumentException("padTo: input is " + input + "; it takes pictures");
        }
        if (image.height() > height || image.width() > width) {
            throw new IllegalArgumentException("padTo: picture of " + image.height() + "x" + image.width()
                    + " does not fit into " + height + "x" + width + "; pad to at least its size, or resize it");
        }
        return new Bound(image, Shape.image(image.channels(), height, width), binder.inputNeedsGradient());
    }

    private record Bound(Shape.Image inner, Shape.Image outputShape, boolean needsGradient) implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray y =
                    Nd4j.zeros(x.dataType(), x.size(0), inner.channels(), outputShape.height(), outputShape.width());
            middle(y).assign(x);
            return y;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            return needsGradient ? middle(gradient).dup('c') : null;
        }

        private INDArray middle(INDArray outer) {
            int top = (outputShape.height() - inner.height()) / 2;
            int left = (outputShape.width() - inner.width()) / 2;
            return outer.get(
                    NDArrayIndex.all(),
                    NDArrayIndex.all(),
                    NDArrayIndex.interval(top, top + inner.height()),
                    NDArrayIndex.interval(left, left + inner.width()));
        }
    }
}
