package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The same numbers, in C order, in another shape: such as a vector as the channels, rows and columns of a small picture,
 * where a decoder begins. {@link Flatten} is the way back.
 *
 * @param shape the new shape, a vector or a picture
 */
public record Reshape(Shape shape) implements LayerSpec {

    /** Checks that the shape has a fixed size. */
    public Reshape {
        requireFixed(Objects.requireNonNull(shape, "shape"));
    }

    private static long requireFixed(Shape shape) {
        if (shape instanceof Shape.Vector || shape instanceof Shape.Image) {
            return Require.product("reshape: " + shape, shape.dimensions());
        }
        throw new IllegalArgumentException(
                "reshape: " + shape + " has no fixed number of elements; it takes and gives vectors and pictures");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        long from = requireFixed(input);
        long to = requireFixed(shape);
        if (from != to) {
            throw new IllegalArgumentException("reshape: input is " + input + " of " + from + " elements, and " + shape
                    + " has " + to + "; give a shape of as many");
        }
        return new Bound(shape, input.dimensions());
    }

    private record Bound(Shape outputShape, long[] from) implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            return reshape(x, outputShape.dimensions());
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            return reshape(gradient, from);
        }

        private static INDArray reshape(INDArray examples, long[] dimensions) {
            long[] all = new long[dimensions.length + 1];
            all[0] = examples.size(0);
            System.arraycopy(dimensions, 0, all, 1, dimensions.length);
            return examples.reshape('c', all);
        }
    }
}
