package io.mtl4j.nn.pretrained;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.LearnedStart;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Frozen;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The encoder of BERT (Devlin et al., NAACL 2019) and of its relatives that differ in training only, as RoBERTa (Liu et al.,
 * 2019) and DistilBERT (Sanh et al., 2019): word pieces {@code [batch, time]} to vectors. Immutable: each method returns
 * another encoder. {@link HuggingFace#bert} makes one of a folder.
 *
 * <pre>
 * x_0 = norm(word[id] + position + segment)
 * a_i = norm(x_(i-1) + attention(x_(i-1)))
 * x_i = norm(a_i + dense(gelu(dense(a_i))))
 * </pre>
 *
 * <p>Padding anywhere changes nothing: nobody attends to it, and a step's position is the number of real steps before it.
 * (The original counts steps; that is the same as long as padding stands at the end.) Segments are found by the {@linkplain
 * BertConfig#separator separator}.
 *
 * <p>Its {@linkplain #stages stages} are the embeddings and each block, so tasks can branch off between blocks, adapters can
 * stand behind each, and the first ones can be {@linkplain #freezeFirst frozen}. All parameters are trained from where they
 * start otherwise; a learning rate of 2e-5 to 5e-5 is usual.
 *
 * <p>A value without arrays but for where the parameters start, which is not written to model files: these have the
 * parameters themselves. So a loaded model needs nothing of the folder, but an encoder taken out of a loaded model starts
 * anew.
 *
 * @param config the sizes
 * @param output what comes out
 * @param frozen number of stages, from the input on, whose parameters stay as they are
 * @param start how the parameters start
 */
public record BertEncoder(BertConfig config, Output output, int frozen, LearnedStart start) implements Encoder {

    /** What the encoder hands to the tasks, with n features. Padding never counts. */
    public enum Output {
        /** A vector for every step, {@code [batch, time, n]}: for tagging. */
        EVERY_STEP,
        /** The vector of the first step, {@code [batch, n]}: that of {@code [CLS]} or {@code <s>}. */
        FIRST_STEP,
        /** The mean of the steps' vectors, {@code [batch, n]}; the special tokens count as well. */
        MEAN,
        /** The largest value of each feature over the steps, {@code [batch, n]}. */
        MAX,
        /** {@code tanh(x W + b)} of the first step's vector, with the weights of the original's pooler, {@code [batch, n]}. */
        POOLED
    }

    /** Checks the values. */
    public BertEncoder {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(start, "start");
        Require.atLeast("bert: frozen", frozen, 0);
        if (frozen > config.layers() + 1) {
            throw new IllegalArgumentException("bert: frozen = " + frozen + "; there are " + (config.layers() + 1)
                    + " stages, the embeddings and " + config.layers() + " blocks");
        }
        if (output == Output.POOLED && !config.pooler()) {
            throw new IllegalArgumentException("bert: this network has no pooler; take the first step or the mean");
        }
    }

    /** {@return the shape of the input that it takes} */
    public Shape input() {
        return Shape.tokens(config.vocabulary());
    }

    /** {@return this encoder, giving a vector for every step} */
    public BertEncoder everyStep() {
        return output(Output.EVERY_STEP);
    }

    /** {@return this encoder, giving the first step: what it does unless told otherwise} */
    public BertEncoder first() {
        return output(Output.FIRST_STEP);
    }

    /** {@return this encoder, giving the mean over the steps} */
    public BertEncoder mean() {
        return output(Output.MEAN);
    }

    /**
     * {@return this encoder, giving what the original's pooler makes of the first step}
     *
     * @throws IllegalArgumentException if the network has none
     */
    public BertEncoder pooled() {
        return output(Output.POOLED);
    }

    /**
     * {@return this encoder with another output}
     *
     * @param kind what comes out
     * @throws IllegalArgumentException if the network has no pooler and this needs one
     */
    public BertEncoder output(Output kind) {
        return new BertEncoder(config, kind, frozen, start);
    }

    /** {@return this encoder, all of whose parameters stay as they are} */
    public BertEncoder freeze() {
        return freezeFirst(config.layers() + 1);
    }

    /**
     * {@return this encoder, whose first stages keep their parameters}
     *
     * @param stages how many: 1 for the embeddings, 2 for the first block as well, and so on; 0 for none
     */
    public BertEncoder freezeFirst(int stages) {
        return new BertEncoder(config, output, stages, start);
    }

    /**
     * {@return this encoder with another dropout}
     *
     * @param rate probability of dropping an element or an attention weight, at least 0 and below 1; what the folder says
     *     unless set
     */
    public BertEncoder dropout(double rate) {
        return new BertEncoder(config.withDropout(rate), output, frozen, start);
    }

    @Override
    public String kind() {
        return "bert";
    }

    @Override
    public List<LayerSpec> stages(Shape input) {
        if (!input.equals(input())) {
            throw new IllegalArgumentException("bert: input is " + input + "; this network knows " + config.vocabulary()
                    + " word pieces, so declare the input as Shape.tokens(" + config.vocabulary() + ")");
        }
        List<Chain> chains = new ArrayList<>();
        chains.add(BertLayers.embeddings(config));
        for (int i = 1; i < config.layers(); i++) {
            chains.add(BertLayers.block(config));
        }
        chains.add(BertLayers.output(output, BertLayers.block(config), config.features()));
        List<LayerSpec> stages = new ArrayList<>();
        for (int i = 0; i < chains.size(); i++) {
            LayerSpec stage = new Started(chains.get(i), start.part(String.valueOf(i)));
            stages.add(i < frozen ? new Frozen(stage) : stage);
        }
        return List.copyOf(stages);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return new Chain(stages(input)).bind(input, binder);
    }

    /** A stage that starts with what was learned. */
    private record Started(LayerSpec layer, LearnedStart start) implements LayerSpec {

        @Override
        public Layer bind(Shape input, Binder binder) {
            return layer.bind(input, start.view(binder));
        }
    }
}
