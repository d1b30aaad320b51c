package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;

/**
 * Multi-head self-attention (Vaswani et al., NeurIPS 2017, section 3.2) on {@code [batch, time, features]}: with {@code [q,
 * k, v] = x W + b} cut into heads of {@code d = features / heads} features,
 *
 * <pre>
 * y = concat over heads of softmax(q kᵀ / sqrt(d)) v, times Wo, plus bo
 * </pre>
 *
 * <p>Steps that the mask calls padding are attended to by nobody; what comes out at padding is finite and means nothing.
 *
 * @param heads number of heads; it must divide the number of features
 * @param dropout probability of dropping an attention weight in training
 * @param initializer how {@code W [features, 3 features]} and {@code Wo [features, features]} start; biases start at 0
 */
public record SelfAttention(int heads, double dropout, Initializer initializer) implements LayerSpec {

    /** Checks the values. */
    public SelfAttention {
        Require.atLeast("self-attention: heads", heads, 1);
        Require.within("self-attention: dropout", dropout, 0, Math.nextDown(1.0));
        Objects.requireNonNull(initializer, "initializer");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence sequence)) {
            throw new IllegalArgumentException("self-attention: input is " + input
                    + "; it takes a sequence of feature vectors, so put an embedding before it if these are tokens");
        }
        return bind(sequence, false, binder);
    }

    /** Binds it; {@code causal} if no step shall attend to later ones, whatever the pass's mask is. */
    MultiHead bind(Shape.Sequence input, boolean causal, Binder binder) {
        int features = input.features();
        if (features % heads != 0) {
            throw new IllegalArgumentException("self-attention: " + heads + " heads for " + features
                    + " features; the number of heads must divide the number of features");
        }
        return new MultiHead(
                input,
                heads,
                causal,
                new AttentionWeights(new Dropout(dropout).bind(input, binder), binder.slot()),
                binder.weight("W", initializer, features, features, features, 3L * features),
                binder.bias("b", Initializer.ZEROS, 3L * features),
                binder.weight("Wo", initializer, features, features, features, features),
                binder.bias("bo", Initializer.ZEROS, features),
                binder.slot(),
                binder.inputNeedsGradient());
    }
}
