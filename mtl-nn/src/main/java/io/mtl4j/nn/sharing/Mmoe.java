package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Shape;
import java.util.List;

/**
 * Multi-gate mixture of experts: n experts {@code E_i}, each a copy of the encoder with parameters of its own, and for each
 * task k a gate that says how much it takes of each, example by example:
 *
 * <pre>{@code
 * p_k = softmax(W_k x + b_k)                    [batch, n]
 * representation_k = sum over i of p_ki E_i(x)  as E_i(x): [batch, features] or [batch, time, features]
 * }</pre>
 *
 * <p>(Ma et al., "Modeling Task Relationships in Multi-task Learning with Multi-gate Mixture-of-Experts", KDD 2018,
 * equations 5 to 7.) A gate reads what the experts read: vectors; pictures, flattened; the mean of the real steps of
 * sequences, so that one choice holds for all steps of an example. Token ids count as one-hot vectors: {@code W_k} has a
 * row for each token of the vocabulary, and {@code b_k}, which would add nothing, is left out.
 *
 * <p>The experts belong to all tasks, a gate to its task. With one expert the gates are 1 whatever they read, so there are
 * none, and this is {@link HardSharing}. Deviation from the paper: it has no {@code b_k}.
 *
 * @param experts n
 */
public record Mmoe(int experts) implements Sharing {

    /** Checks the value. */
    public Mmoe {
        Require.copies("mmoe: experts", experts, 1);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        if (experts == 1) {
            return new HardSharing().bind(encoder, input, tasks, binder);
        }
        return new ExpertTrunk(List.of(LevelPlan.single(encoder, experts, 0).bind(input, tasks, binder)));
    }
}
