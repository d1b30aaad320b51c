package io.mtl4j.nn.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The shape of one example, without the batch dimension. Arrays are batch-first: a vector is {@code [batch, features]}, an
 * image {@code [batch, channels, height, width]}, a sequence {@code [batch, time, features]}, token ids {@code [batch,
 * time]}; the number of time steps may differ from batch to batch.
 */
public sealed interface Shape {

    /**
     * {@return a vector}
     *
     * @param features number of features, at least 1
     */
    static Vector vector(int features) {
        return new Vector(features);
    }

    /**
     * {@return a picture}
     *
     * @param channels number of channels, at least 1
     * @param height in pixels, at least 1
     * @param width in pixels, at least 1
     */
    static Image image(int channels, int height, int width) {
        return new Image(channels, height, width);
    }

    /**
     * {@return a sequence of feature vectors, of any length}
     *
     * @param features number of features of a step, at least 1
     */
    static Sequence sequence(int features) {
        return new Sequence(features);
    }

    /**
     * {@return a sequence of token numbers, of any length}
     *
     * @param vocabulary number of different tokens, at least 1; ids are {@code 0 .. vocabulary - 1}
     */
    static Tokens tokens(int vocabulary) {
        return new Tokens(vocabulary);
    }

    /** {@return the sizes of an example's dimensions; -1 for time} */
    long[] dimensions();

    /**
     * Checks an array of examples against this shape.
     *
     * @param array the array, with the batch as its first dimension
     * @param what what the array is, for the message, such as {@code input "image"}
     * @throws IllegalArgumentException if the array has another shape
     */
    default void check(INDArray array, String what) {
        long[] wanted = dimensions();
        boolean fits = array.rank() == wanted.length + 1;
        for (int i = 0; fits && i < wanted.length; i++) {
            fits = wanted[i] < 0 || wanted[i] == array.size(i + 1);
        }
        if (!fits) {
            throw new IllegalArgumentException(what + ": array of shape " + Arrays.toString(array.shape())
                    + " where " + this + " was declared; the first dimension is the batch, the rest must be "
                    + Arrays.toString(wanted).replace("-1", "time"));
        }
    }

    /**
     * A vector {@code [features]}.
     *
     * @param features number of features
     */
    record Vector(int features) implements Shape {
        /** Checks the sizes. */
        public Vector {
            positive(features, "features");
        }

        @Override
        public long[] dimensions() {
            return new long[] {features};
        }

        @Override
        public String toString() {
            return "vector(" + features + ")";
        }
    }

    /**
     * A picture {@code [channels, height, width]}.
     *
     * @param channels number of channels
     * @param height in pixels
     * @param width in pixels
     */
    record Image(int channels, int height, int width) implements Shape {
        /** Checks the sizes. */
        public Image {
            positive(channels, "channels");
            positive(height, "height");
            positive(width, "width");
        }

        @Override
        public long[] dimensions() {
            return new long[] {channels, height, width};
        }

        @Override
        public String toString() {
            return "image(" + channels + ", " + height + ", " + width + ")";
        }
    }

    /**
     * A sequence {@code [time, features]} of any length.
     *
     * @param features number of features of a step
     */
    record Sequence(int features) implements Shape {
        /** Checks the sizes. */
        public Sequence {
            positive(features, "features");
        }

        @Override
        public long[] dimensions() {
            return new long[] {-1, features};
        }

        @Override
        public String toString() {
            return "sequence(" + features + ")";
        }
    }

    /**
     * Token numbers {@code [time]}.
     *
     * @param vocabulary number of different tokens
     */
    record Tokens(int vocabulary) implements Shape {
        /** Checks the sizes. */
        public Tokens {
            positive(vocabulary, "vocabulary");
        }

        @Override
        public long[] dimensions() {
            return new long[] {-1};
        }

        @Override
        public String toString() {
            return "tokens(" + vocabulary + ")";
        }
    }

    private static void positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException("shape: " + name + " = " + value + "; it must be at least 1");
        }
    }
}
