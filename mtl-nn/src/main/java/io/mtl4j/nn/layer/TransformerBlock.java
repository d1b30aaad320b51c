package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;

/**
 * A layer of a transformer's encoder (Vaswani et al., NeurIPS 2017, section 3.1) on {@code [batch, time, features]}: {@link
 * SelfAttention}, then two dense layers on each step, {@code features -> feedForward -> features}; each of the two with
 * dropout, a residual connection and a {@link LayerNorm}.
 *
 * @param heads number of attention heads; it must divide the number of features
 * @param feedForward width between the two dense layers
 * @param activation between the two dense layers
 * @param norm where the layer norms stand
 * @param dropout probability of dropping an attention weight, and an element of either result before it is added
 * @param initializer how weights start
 */
public record TransformerBlock(
        int heads, int feedForward, Activation activation, Norm norm, double dropout, Initializer initializer)
        implements LayerSpec {

    /** Where the layer norms stand. */
    public enum Norm {
        /** {@code y = x + f(norm(x))}; easier to train when deep (Xiong et al., ICML 2020). */
        PRE,
        /** {@code y = norm(x + f(x))}, as in the original. */
        POST
    }

    /** Checks the values. */
    public TransformerBlock {
        Require.atLeast("transformer block: heads", heads, 1);
        Require.atLeast("transformer block: feedForward", feedForward, 1);
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(norm, "norm");
        Require.within("transformer block: dropout", dropout, 0, Math.nextDown(1.0));
        Objects.requireNonNull(initializer, "initializer");
    }

    /**
     * {@return this block with another number of attention heads}
     *
     * @param value the number of attention heads
     */
    public TransformerBlock withHeads(int value) {
        return new TransformerBlock(value, feedForward, activation, norm, dropout, initializer);
    }

    /**
     * {@return this block with another width between the two dense layers}
     *
     * @param value the width between the two dense layers
     */
    public TransformerBlock withFeedForward(int value) {
        return new TransformerBlock(heads, value, activation, norm, dropout, initializer);
    }

    /**
     * {@return this block with another function between the two dense layers}
     *
     * @param value the function between the two dense layers
     */
    public TransformerBlock withActivation(Activation value) {
        return new TransformerBlock(heads, feedForward, value, norm, dropout, initializer);
    }

    /**
     * {@return this block with another place of the layer norms}
     *
     * @param value the place of the layer norms
     */
    public TransformerBlock withNorm(Norm value) {
        return new TransformerBlock(heads, feedForward, activation, value, dropout, initializer);
    }

    /**
     * {@return this block with another probability of dropping}
     *
     * @param value the probability of dropping
     */
    public TransformerBlock withDropout(double value) {
        return new TransformerBlock(heads, feedForward, activation, norm, value, initializer);
    }

    /**
     * {@return this block with another start of the weights}
     *
     * @param value the start of the weights
     */
    public TransformerBlock withInitializer(Initializer value) {
        return new TransformerBlock(heads, feedForward, activation, norm, dropout, value);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence sequence)) {
            throw new IllegalArgumentException("transformer block: input is " + input
                    + "; it takes a sequence of feature vectors, so put an embedding before it if these are tokens");
        }
        Chain attention = Chain.of(new SelfAttention(heads, dropout, initializer));
        Chain dense = Chain.of(
                new Dense(feedForward, activation, initializer),
                new Dense(sequence.features(), Activation.IDENTITY, initializer));
        Chain block = norm == Norm.PRE
                ? Chain.of(residual(Chain.of(new LayerNorm(), attention)), residual(Chain.of(new LayerNorm(), dense)))
                : Chain.of(residual(attention), new LayerNorm(), residual(dense), new LayerNorm());
        return block.bind(input, binder);
    }

    private LayerSpec residual(Chain body) {
        LayerSpec dropped = dropout == 0 ? body : body.then(new Dropout(dropout));
        return new Residual(dropped, Activation.IDENTITY, initializer, false);
    }
}
