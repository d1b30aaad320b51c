package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerNorm;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.PositionalEncoding;
import io.mtl4j.nn.layer.Residual;
import io.mtl4j.nn.layer.SegmentEmbedding;
import io.mtl4j.nn.layer.SelfAttention;
import io.mtl4j.nn.layer.SequencePool;

/** The stages of a {@link BertEncoder}. {@link BertNames} knows which array of a file starts which layer. */
final class BertLayers {

    private static final Initializer START = Initializer.NORMAL_002;

    private BertLayers() {}

    static Chain embeddings(BertConfig c) {
        LayerSpec words = c.segments() == 0
                ? new Embedding(c.features(), START, Embedding.NO_PADDING)
                : new SegmentEmbedding(c.features(), c.segments(), c.separator(), START);
        return dropped(
                Chain.of(words, PositionalEncoding.learned(c.longest()), new LayerNorm(c.epsilon())), c.dropout());
    }

    static Chain block(BertConfig c) {
        Chain attention = Chain.of(new SelfAttention(c.heads(), c.attentionDropout(), START));
        Chain dense = Chain.of(
                new Dense(c.feedForward(), c.activation(), START), new Dense(c.features(), Activation.IDENTITY, START));
        return Chain.of(
                residual(dropped(attention, c.dropout())),
                new LayerNorm(c.epsilon()),
                residual(dropped(dense, c.dropout())),
                new LayerNorm(c.epsilon()));
    }

    private static LayerSpec residual(Chain body) {
        return new Residual(body, Activation.IDENTITY, START, false);
    }

    private static Chain dropped(Chain chain, double rate) {
        return rate == 0 ? chain : chain.then(new Dropout(rate));
    }

    /** The last block with what makes the output of it. */
    static Chain output(BertEncoder.Output output, Chain last, int features) {
        return switch (output) {
            case EVERY_STEP -> last;
            case FIRST_STEP -> last.then(new SequencePool(SequencePool.Kind.FIRST));
            case MEAN -> last.then(new SequencePool(SequencePool.Kind.MEAN));
            case MAX -> last.then(new SequencePool(SequencePool.Kind.MAX));
            case POOLED ->
                last.then(new SequencePool(SequencePool.Kind.FIRST)).then(new Dense(features, Activation.TANH, START));
        };
    }
}
