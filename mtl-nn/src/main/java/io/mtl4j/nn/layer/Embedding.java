package io.mtl4j.nn.layer;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vector for every token: token ids {@code [batch, time]} to {@code [batch, time, dimensions]}, row {@code id} of the
 * table {@code W [vocabulary, dimensions]}. Padded steps need a valid id too, any will do. Ids have no gradient, so
 * {@link Layer#backward} always returns null.
 *
 * @param dimensions length of a token's vector
 * @param initializer how {@code W} starts
 * @param padding the id whose vector is 0 and stays 0, or {@link #NO_PADDING}
 */
public record Embedding(int dimensions, Initializer initializer, int padding) implements LayerSpec {

    /** No id is special. */
    public static final int NO_PADDING = -1;

    /** Checks the values. */
    public Embedding {
        Objects.requireNonNull(initializer, "initializer");
        if (dimensions < 1) {
            throw new IllegalArgumentException("embedding: dimensions = " + dimensions + "; it must be at least 1");
        }
        if (padding < NO_PADDING) {
            throw new IllegalArgumentException(
                    "embedding: padding = " + padding + "; it must be an id, or -1 if no id is special");
        }
    }

    /**
     * Starts with standard normal vectors, no id being special.
     *
     * @param dimensions length of a token's vector
     */
    public Embedding(int dimensions) {
        this(dimensions, Initializer.STANDARD_NORMAL, NO_PADDING);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Tokens tokens)) {
            throw new IllegalArgumentException(
                    "embedding: input is " + input + "; it takes token ids, declared as Shape.tokens(vocabulary)");
        }
        int vocabulary = tokens.vocabulary();
        if (padding >= vocabulary) {
            throw new IllegalArgumentException(
                    "embedding: padding = " + padding + "; it must be an id below the vocabulary's " + vocabulary);
        }
        Parameter table = binder.weight("W", initializer, vocabulary, dimensions, vocabulary, dimensions);
        return new Bound(vocabulary, dimensions, padding, Shape.sequence(dimensions), table, binder.slot());
    }

    private record Bound(
            int vocabulary, int dimensions, int padding, Shape outputShape, Parameter table, Slot<int[]> ids)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            int[] numbers = Rows.numbers(x, vocabulary, "embedding: token id");
            pass.save(ids, numbers);
            INDArray rows = Rows.take(pass.value(table), numbers);
            if (padding != NO_PADDING) {
                rows.muliColumnVector(Rows.differing(numbers, padding, rows.dataType()));
            }
            return rows.reshape('c', x.size(0), x.size(1), dimensions);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            int[] numbers = pass.load(ids);
            INDArray sums = pass.gradient(table);
            Rows.assignSums(gradient.reshape('c', numbers.length, dimensions), numbers, sums);
            if (padding != NO_PADDING) {
                sums.getRow(padding).assign(0);
            }
            return null;
        }
    }
}
