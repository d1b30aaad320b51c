package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;

/**
 * Graph attention with several heads side by side (Velickovic et al., ICLR 2018, equations 1 to 5) on nodes {@code X
 * [batch, nodes, features]} with edges {@code [batch, nodes, nodes]}. With {@code H = X W} cut into heads of {@code units /
 * heads} features, node i sums up those nodes j that it has an edge to, and itself:
 *
 * <pre>
 * α_ij = softmax over j of LeakyReLU(a1ᵀ H_i + a2ᵀ H_j)        LeakyReLU with slope 0.2
 * y_i  = f(concat over heads of Σ_j α_ij H_j + b)
 * </pre>
 *
 * <p>Only whether there is an edge counts, not its weight. The paper gives the units of one head, this layer those of all
 * heads together. The mean over heads that the paper has in the last layer (equation 6) is left to the linear layer of a
 * task's head.
 *
 * @param units number of features of a node that come out
 * @param heads number of heads; it must divide the number of units
 * @param activation f
 * @param dropout probability of dropping an α in training
 * @param initializer how {@code W [features, units]} and {@code a [2, units]} start; {@code b} starts at 0
 */
public record GraphAttention(int units, int heads, Activation activation, double dropout, Initializer initializer)
        implements NodeLayer {

    /** Name of the layer in messages. */
    static final String NAME = "graph attention";

    /** Checks the values. */
    public GraphAttention {
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(initializer, "initializer");
        Require.atLeast(NAME + ": units", units, 1);
        Require.atLeast(NAME + ": heads", heads, 1);
        Require.within(NAME + ": dropout", dropout, 0, Math.nextDown(1.0));
        if (units % heads != 0) {
            throw new IllegalArgumentException(NAME + ": " + heads + " heads for " + units
                    + " units; the number of heads must divide the number of units");
        }
    }

    @Override
    public NodeLayer withActivation(Activation function) {
        return new GraphAttention(units, heads, function, dropout, initializer);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        int features = NodeLayer.features(input, NAME);
        return new NeighbourHeads(
                Shape.sequence(units),
                heads,
                activation,
                binder.weight("W", initializer, features, units, features, units),
                new EdgeScores(heads, binder.weight("a", initializer, units / heads, 1, 2, units)),
                new AttentionWeights(new Dropout(dropout).bind(input, binder), binder.slot()),
                binder.bias("b", Initializer.ZEROS, units),
                binder.slot(),
                binder.inputNeedsGradient());
    }
}
