package io.mtl4j.nn.pretrained;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.SegmentEmbedding;
import java.util.Objects;

/**
 * The sizes of a {@link BertEncoder}.
 *
 * @param vocabulary number of word pieces
 * @param features number of features of a step; the number of heads must divide it
 * @param layers number of blocks
 * @param heads number of attention heads
 * @param feedForward width between a block's two dense layers
 * @param activation between these
 * @param longest the greatest number of real steps of an example
 * @param segments number of segments that have vectors, or 0 if there are no such vectors
 * @param separator the piece behind which the next segment begins, or {@link SegmentEmbedding#NO_SEPARATOR}
 * @param epsilon what layer norms add to the variance
 * @param dropout probability of dropping an element of the embeddings and of either result in a block
 * @param attentionDropout probability of dropping an attention weight
 * @param pooler whether there is a dense layer on the first step
 */
public record BertConfig(
        int vocabulary,
        int features,
        int layers,
        int heads,
        int feedForward,
        Activation activation,
        int longest,
        int segments,
        int separator,
        double epsilon,
        double dropout,
        double attentionDropout,
        boolean pooler) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public BertConfig {
        Require.atLeast("bert: vocabulary", vocabulary, 1);
        Require.atLeast("bert: features", features, 1);
        Require.copies("bert: layers", layers, 1);
        Require.atLeast("bert: heads", heads, 1);
        Require.atLeast("bert: feedForward", feedForward, 1);
        Objects.requireNonNull(activation, "activation");
        Require.atLeast("bert: longest", longest, 1);
        Require.atLeast("bert: segments", segments, 0);
        Require.atLeast("bert: separator", separator, SegmentEmbedding.NO_SEPARATOR);
        Require.positive("bert: epsilon", epsilon);
        Require.within("bert: dropout", dropout, 0, Math.nextDown(1.0));
        Require.within("bert: attentionDropout", attentionDropout, 0, Math.nextDown(1.0));
        if (separator >= vocabulary) {
            throw new IllegalArgumentException(
                    "bert: separator = " + separator + "; it must be below the vocabulary's " + vocabulary);
        }
        if (features % heads != 0) {
            throw new IllegalArgumentException("bert: " + heads + " heads for " + features
                    + " features; the number of heads must divide the number of features");
        }
    }

    BertConfig withDropout(double rate) {
        return new BertConfig(
                vocabulary,
                features,
                layers,
                heads,
                feedForward,
                activation,
                longest,
                segments,
                separator,
                epsilon,
                rate,
                rate,
                pooler);
    }
}
