package io.mtl4j.nn.encoder;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerNorm;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.PositionalEncoding;
import io.mtl4j.nn.layer.Regularized;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.TransformerBlock;
import java.util.List;
import java.util.Objects;

/**
 * A transformer over token ids (through an embedding) or over a sequence of feature vectors (through a linear layer):
 * positions are added, then {@link TransformerBlock}s follow; pre-norm ends with one more layer norm. Immutable: each method
 * returns another encoder. Start with {@link Encoders#transformer()}.
 *
 * <pre>{@code
 * Encoder reference = Encoders.transformer().embedding(128).layers(2).heads(4).feedForward(256).postNorm().mean();
 * Encoder tagger = Encoders.transformer().layers(4).preNorm().learned(512).dropout(0.1).everyStep();
 * }</pre>
 *
 * @param embedding number of features of a step from the embedding or linear layer on; the number of heads must divide it
 * @param layers number of blocks
 * @param block what each block is; its dropout also stands before the first block, and the linear layer starts as its
 *     weights do
 * @param positions how positions are encoded
 * @param output what comes out
 * @param l1 coefficient of the sum of the blocks' weights' absolute values in the loss
 * @param l2 coefficient of half the sum of the blocks' weights' squares in the loss
 */
public record TransformerEncoder(
        int embedding,
        int layers,
        TransformerBlock block,
        PositionalEncoding positions,
        SequenceOutput output,
        double l1,
        double l2)
        implements Encoder {

    /** Checks the values. */
    public TransformerEncoder {
        Require.atLeast("transformer: embedding", embedding, 1);
        Require.copies("transformer: layers", layers, 1);
        Objects.requireNonNull(block, "block");
        Objects.requireNonNull(positions, "positions");
        Objects.requireNonNull(output, "output");
        Require.nonNegative("l1", l1);
        Require.nonNegative("l2", l2);
    }

    static TransformerEncoder start() {
        TransformerBlock block = new TransformerBlock(
                4, 256, Activation.RELU, TransformerBlock.Norm.POST, 0, Initializer.GLOROT_UNIFORM);
        return new TransformerEncoder(128, 2, block, PositionalEncoding.sinusoidal(), SequenceOutput.MEAN, 0, 0);
    }

    /**
     * {@return this encoder with another number of features of a step}
     *
     * @param size a multiple of the number of heads; 128 unless set
     */
    public TransformerEncoder embedding(int size) {
        return new TransformerEncoder(size, layers, block, positions, output, l1, l2);
    }

    /**
     * {@return this encoder with another number of blocks}
     *
     * @param count the number, at least 1; 2 unless set
     */
    public TransformerEncoder layers(int count) {
        return new TransformerEncoder(embedding, count, block, positions, output, l1, l2);
    }

    /**
     * {@return this encoder with another number of attention heads}
     *
     * @param count the number, at least 1; 4 unless set
     */
    public TransformerEncoder heads(int count) {
        return block(block.withHeads(count));
    }

    /**
     * {@return this encoder with another width between a block's two dense layers}
     *
     * @param width the width, at least 1; 256 unless set
     */
    public TransformerEncoder feedForward(int width) {
        return block(block.withFeedForward(width));
    }

    /**
     * {@return this encoder with another function between a block's two dense layers}
     *
     * @param function ReLU unless set
     */
    public TransformerEncoder activation(Activation function) {
        return block(block.withActivation(function));
    }

    /** {@return this encoder with layer norms before attention and dense layers} */
    public TransformerEncoder preNorm() {
        return block(block.withNorm(TransformerBlock.Norm.PRE));
    }

    /** {@return this encoder with layer norms after the residual connections: what it has unless told otherwise} */
    public TransformerEncoder postNorm() {
        return block(block.withNorm(TransformerBlock.Norm.POST));
    }

    /** {@return this encoder with fixed waves as positions: what it has unless told otherwise} */
    public TransformerEncoder sinusoidal() {
        return new TransformerEncoder(embedding, layers, block, PositionalEncoding.sinusoidal(), output, l1, l2);
    }

    /**
     * {@return this encoder with a trained vector for each position}
     *
     * @param steps the greatest number of real steps of an example, at least 1
     */
    public TransformerEncoder learned(int steps) {
        return new TransformerEncoder(embedding, layers, block, PositionalEncoding.learned(steps), output, l1, l2);
    }

    /**
     * {@return this encoder with dropout}
     *
     * @param rate probability of dropping an element, at least 0 and below 1; 0 unless set
     */
    public TransformerEncoder dropout(double rate) {
        return block(block.withDropout(rate));
    }

    /** {@return this encoder, giving the mean over the steps: what it does unless told otherwise} */
    public TransformerEncoder mean() {
        return output(SequenceOutput.MEAN);
    }

    /** {@return this encoder, giving the first step, which a data set may reserve for a class token} */
    public TransformerEncoder first() {
        return output(SequenceOutput.FIRST_STEP);
    }

    /** {@return this encoder, giving the largest values over the steps} */
    public TransformerEncoder max() {
        return output(SequenceOutput.MAX);
    }

    /** {@return this encoder, giving a vector for every step} */
    public TransformerEncoder everyStep() {
        return output(SequenceOutput.EVERY_STEP);
    }

    /**
     * {@return this encoder with another output}
     *
     * @param kind what comes out
     */
    public TransformerEncoder output(SequenceOutput kind) {
        return new TransformerEncoder(embedding, layers, block, positions, kind, l1, l2);
    }

    /**
     * {@return this encoder, whose weights start in another way}
     *
     * @param how {@link Initializer#GLOROT_UNIFORM} unless set
     */
    public TransformerEncoder initializer(Initializer how) {
        return block(block.withInitializer(how));
    }

    /**
     * {@return this encoder, adding {@code l1 Σ|w|} of its blocks' weights to the loss}
     *
     * @param coefficient at least 0; 0 unless set
     */
    public TransformerEncoder l1(double coefficient) {
        return new TransformerEncoder(embedding, layers, block, positions, output, coefficient, l2);
    }

    /**
     * {@return this encoder, adding {@code l2/2 Σ w²} of its blocks' weights to the loss}
     *
     * @param coefficient at least 0; 0 unless set
     */
    public TransformerEncoder l2(double coefficient) {
        return new TransformerEncoder(embedding, layers, block, positions, output, l1, coefficient);
    }

    private TransformerEncoder block(TransformerBlock changed) {
        return new TransformerEncoder(embedding, layers, changed, positions, output, l1, l2);
    }

    @Override
    public String kind() {
        return "transformer";
    }

    @Override
    public List<LayerSpec> stages(Shape input) {
        return Stages.of(chain(input).layers());
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return chain(input).bind(input, binder);
    }

    private Chain chain(Shape input) {
        if (!(input instanceof Shape.Tokens || input instanceof Shape.Sequence)) {
            throw new IllegalArgumentException(
                    "transformer: input is " + input + "; it takes token ids or a sequence of feature vectors");
        }
        Chain chain = Chain.of(
                input instanceof Shape.Tokens
                        ? new Embedding(embedding)
                        : new Dense(embedding, Activation.IDENTITY, block.initializer()),
                positions);
        if (block.dropout() > 0) {
            chain = chain.then(new Dropout(block.dropout()));
        }
        for (int i = 0; i < layers; i++) {
            chain = chain.then(l1 == 0 && l2 == 0 ? block : new Regularized(block, l1, l2));
        }
        if (block.norm() == TransformerBlock.Norm.PRE) {
            chain = chain.then(new LayerNorm());
        }
        return output.pool().map(chain::then).orElse(chain);
    }
}
