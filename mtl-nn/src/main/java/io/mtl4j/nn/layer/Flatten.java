package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Pictures as vectors: channel by channel, row by row. Vectors stay as they are. */
public record Flatten() implements LayerSpec {

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (input instanceof Shape.Vector vector) {
            return new Bound(vector, vector.dimensions());
        }
        if (input instanceof Shape.Image image) {
            return new Bound(Shape.vector(image.channels() * image.height() * image.width()), image.dimensions());
        }
        throw new IllegalArgumentException(
                "flatten: input is " + input + "; it takes pictures, since sequences have no fixed length");
    }

    private record Bound(Shape outputShape, long[] from) implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            return x.reshape('c', x.size(0), outputShape.dimensions()[0]);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            long[] shape = new long[from.length + 1];
            shape[0] = gradient.size(0);
            System.arraycopy(from, 0, shape, 1, from.length);
            return gradient.reshape('c', shape);
        }
    }
}
