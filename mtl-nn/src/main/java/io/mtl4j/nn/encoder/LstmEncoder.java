package io.mtl4j.nn.encoder;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Lstm;
import io.mtl4j.nn.layer.Regularized;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.Objects;

/**
 * LSTM layers over token ids (through an embedding) or over a sequence of feature vectors. Immutable: each method returns
 * another encoder. Start with {@link Encoders#lstm()}.
 *
 * <pre>{@code
 * Encoder classifier = Encoders.lstm().units(128).lastStep();
 * Encoder tagger = Encoders.lstm().embedding(64).units(128).layers(2).bidirectional().dropout(0.3).everyStep();
 * }</pre>
 *
 * @param embedding length of a token's vector; without effect where the input is not tokens
 * @param units number of units of a layer and direction
 * @param layers number of layers, each reading the steps of the one before
 * @param bothDirections whether each layer also reads backwards, which doubles its features
 * @param dropout probability of dropping an element behind the embedding and behind each layer; 0 for none
 * @param output what comes out
 * @param initializer how the layers' weights start
 * @param l1 coefficient of the sum of the layers' weights' absolute values in the loss; the embedding is not regularised
 * @param l2 coefficient of half the sum of the layers' weights' squares in the loss
 */
public record LstmEncoder(
        int embedding,
        int units,
        int layers,
        boolean bothDirections,
        double dropout,
        SequenceOutput output,
        Initializer initializer,
        double l1,
        double l2)
        implements Encoder {

    /** Checks the values. */
    public LstmEncoder {
        Require.atLeast("lstm: embedding", embedding, 1);
        Require.atLeast("lstm: units", units, 1);
        Require.copies("lstm: layers", layers, 1);
        Require.within("lstm: dropout", dropout, 0, Math.nextDown(1.0));
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(initializer, "initializer");
        Require.nonNegative("l1", l1);
        Require.nonNegative("l2", l2);
    }

    static LstmEncoder start() {
        return new LstmEncoder(64, 128, 1, false, 0, SequenceOutput.LAST_STEP, Initializer.GLOROT_UNIFORM, 0, 0);
    }

    /**
     * {@return this encoder with another length of a token's vector}
     *
     * @param size the length, at least 1; 64 unless set
     */
    public LstmEncoder embedding(int size) {
        return new LstmEncoder(size, units, layers, bothDirections, dropout, output, initializer, l1, l2);
    }

    /**
     * {@return this encoder with another number of units}
     *
     * @param count units of a layer and direction, at least 1; 128 unless set
     */
    public LstmEncoder units(int count) {
        return new LstmEncoder(embedding, count, layers, bothDirections, dropout, output, initializer, l1, l2);
    }

    /**
     * {@return this encoder with another number of layers}
     *
     * @param count the number, at least 1; 1 unless set
     */
    public LstmEncoder layers(int count) {
        return new LstmEncoder(embedding, units, count, bothDirections, dropout, output, initializer, l1, l2);
    }

    /** {@return this encoder, reading in both directions} */
    public LstmEncoder bidirectional() {
        return new LstmEncoder(embedding, units, layers, true, dropout, output, initializer, l1, l2);
    }

    /**
     * {@return this encoder with dropout behind the embedding and behind each layer}
     *
     * @param rate probability of dropping an element, at least 0 and below 1; 0 unless set
     */
    public LstmEncoder dropout(double rate) {
        return new LstmEncoder(embedding, units, layers, bothDirections, rate, output, initializer, l1, l2);
    }

    /** {@return this encoder, giving the state after the last step: what it does unless told otherwise} */
    public LstmEncoder lastStep() {
        return output(SequenceOutput.LAST_STEP);
    }

    /** {@return this encoder, giving the mean over the steps} */
    public LstmEncoder mean() {
        return output(SequenceOutput.MEAN);
    }

    /** {@return this encoder, giving the largest values over the steps} */
    public LstmEncoder max() {
        return output(SequenceOutput.MAX);
    }

    /** {@return this encoder, giving a vector for every step} */
    public LstmEncoder everyStep() {
        return output(SequenceOutput.EVERY_STEP);
    }

    /**
     * {@return this encoder with another output}
     *
     * @param kind what comes out
     */
    public LstmEncoder output(SequenceOutput kind) {
        return new LstmEncoder(embedding, units, layers, bothDirections, dropout, kind, initializer, l1, l2);
    }

    /**
     * {@return this encoder, whose layers' weights start in another way}
     *
     * @param how {@link Initializer#GLOROT_UNIFORM} unless set
     */
    public LstmEncoder initializer(Initializer how) {
        return new LstmEncoder(embedding, units, layers, bothDirections, dropout, output, how, l1, l2);
    }

    /**
     * {@return this encoder, adding {@code l1 Σ|w|} of its layers' weights to the loss}
     *
     * @param coefficient at least 0; 0 unless set
     */
    public LstmEncoder l1(double coefficient) {
        return new LstmEncoder(embedding, units, layers, bothDirections, dropout, output, initializer, coefficient, l2);
    }

    /**
     * {@return this encoder, adding {@code l2/2 Σ w²} of its layers' weights to the loss}
     *
     * @param coefficient at least 0; 0 unless set
     */
    public LstmEncoder l2(double coefficient) {
        return new LstmEncoder(embedding, units, layers, bothDirections, dropout, output, initializer, l1, coefficient);
    }

    @Override
    public String kind() {
        return "lstm";
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
                    "lstm: input is " + input + "; it takes token ids or a sequence of feature vectors");
        }
        Chain chain = Chain.of();
        if (input instanceof Shape.Tokens) {
            chain = dropped(chain.then(new Embedding(embedding)));
        }
        for (int i = 1; i <= layers; i++) {
            boolean state = i == layers && output == SequenceOutput.LAST_STEP;
            chain = dropped(chain.then(layer(state ? Lstm.Output.FINAL_STATE : Lstm.Output.EVERY_STEP)));
        }
        boolean pooled = output != SequenceOutput.LAST_STEP;
        return pooled ? output.pool().map(chain::then).orElse(chain) : chain;
    }

    private LayerSpec layer(Lstm.Output kind) {
        Lstm.Direction direction = bothDirections ? Lstm.Direction.BIDIRECTIONAL : Lstm.Direction.FORWARD;
        Lstm layer = new Lstm(units, direction, kind, initializer);
        return l1 == 0 && l2 == 0 ? layer : new Regularized(layer, l1, l2);
    }

    private Chain dropped(Chain chain) {
        return dropout == 0 ? chain : chain.then(new Dropout(dropout));
    }
}
