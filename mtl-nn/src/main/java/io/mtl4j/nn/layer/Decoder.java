package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The part of a {@link TokenDecoder} between the tokens said so far and the next one: from tokens' vectors to features from
 * which the next token is told. {@link LstmDecoder} and {@link TransformerDecoder} are such; implementations are records.
 */
public interface Decoder {

    /**
     * {@return the length of a token's vector, and number of features that come out}
     *
     * @param representation what is decoded: a sequence or a vector
     * @throws IllegalArgumentException if this decoder cannot read that
     */
    int width(Shape representation);

    /**
     * Declares what this decoder needs.
     *
     * @param representation what is decoded: a sequence or a vector
     * @param dropout rate of dropout inside
     * @param binder where to declare it
     * @return the decoder, ready to run
     */
    Bound bind(Shape representation, double dropout, Binder binder);

    /** A decoder with its parameters. */
    interface Bound {

        /**
         * {@return features {@code [batch, length, width]}; those of a place depend on no later place}
         *
         * @param said the vectors of the tokens before each place, {@code [batch, length, width]}
         * @param memory what is decoded
         * @param pass the pass
         */
        INDArray forward(INDArray said, Memory memory, Pass pass);

        /**
         * Propagates a gradient back and assigns those of the parameters; may be called several times.
         *
         * @param gradient with respect to what {@link #forward} gave
         * @param pass the pass
         * @return the gradients with respect to what it got
         */
        Gradients backward(INDArray gradient, Pass pass);

        /**
         * {@return where the same is computed place by place}
         *
         * @param memory what is decoded, of {@code batch} examples
         * @param beams number of sequences for each example; they are rows {@code example * beams + beam}
         * @param longest the most places there will be
         * @param pass the pass; no backward pass will follow
         */
        Steps start(Memory memory, int beams, int longest, Pass pass);
    }

    /** A run place by place. */
    interface Steps {

        /**
         * {@return the features of the next place, {@code [rows, width]}}
         *
         * @param said the vectors of the tokens before that place, {@code [rows, width]}
         */
        INDArray next(INDArray said);

        /**
         * Goes on with other rows.
         *
         * @param rows for each row, the row whose past it shall have
         */
        void keep(int[] rows);
    }

    /**
     * What is decoded.
     *
     * @param steps {@code [batch, time, features]}; a vector is a sequence of one step
     * @param mask {@code [batch, time]}, 1 for real steps; null if all are real
     */
    record Memory(INDArray steps, INDArray mask) {}

    /**
     * Gradients of a scalar.
     *
     * @param said with respect to the tokens' vectors
     * @param memory with respect to the steps of the memory
     */
    record Gradients(INDArray said, INDArray memory) {}
}
