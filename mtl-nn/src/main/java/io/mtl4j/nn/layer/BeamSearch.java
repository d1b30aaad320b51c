package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a {@link TokenDecoder} finds its answer: it keeps the {@code width} most probable beginnings of each example, and
 * lengthens them token by token. A beginning that takes the end, or reaches the greatest length, is done and leaves its place
 * empty. Of those done, the one with the greatest {@code log p / ((5 + n) / 6)^lengthPenalty} is the answer, n being its number
 * of tokens, the end among them (Wu et al., 2016, equation 14). The search of an example stops when no beginning can become
 * better. Width 1 takes the most probable token each time (greedy search). Of equal ones, the lower token wins.
 *
 * @param width number of beginnings, at least 1
 * @param maxLength the most tokens of an answer, the end among them, at least 1
 * @param lengthPenalty 0 to compare probabilities as they are; more helps longer answers, 1 about compares the mean of a token
 */
public record BeamSearch(int width, int maxLength, double lengthPenalty) {

    /** Checks the values. */
    public BeamSearch {
        Require.atLeast("beam search: width", width, 1);
        Require.atLeast("beam search: maxLength", maxLength, 1);
        Require.nonNegative("beam search: lengthPenalty", lengthPenalty);
    }

    /** What scores the next tokens. */
    interface Writer {
        /** {@return logits {@code [rows, vocabulary + 1]}, in row order} */
        double[] next(int[] tokens);

        /** Goes on with the pasts of these rows. */
        void keep(int[] rows);
    }

    /** {@return {@code [batch, places, vocabulary + 2]}, as {@link TokenDecoder} says} */
    INDArray run(int batch, int vocabulary, DataType type, Writer writer) {
        Beams beams = new Beams(this, batch, vocabulary);
        for (int place = 0; place < maxLength && beams.alive(); place++) {
            beams.extend(writer.next(beams.tokens()), place == maxLength - 1);
            if (beams.alive() && beams.moved()) {
                writer.keep(beams.parents());
            }
        }
        return beams.answers(type);
    }

    /** What a probability counts at a length. */
    double score(double logProbability, int length) {
        return logProbability / Math.pow((5 + length) / 6.0, lengthPenalty);
    }
}
