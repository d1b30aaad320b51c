package io.mtl4j.nn.meta;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reptile (A. Nichol, J. Achiam and J. Schulman, "On First-Order Meta-Learning Algorithms", 2018, algorithm 2): the initial
 * parameters move towards where some steps on an episode lead. The episode's gradient is {@code θ₀ - θ_n}, so that plain descent
 * with the rate ε is the paper's {@code θ₀ ← θ₀ + ε (θ_n - θ₀)}; with other optimisers it is the same direction.
 *
 * <p>The paper's inner steps are on mini-batches of the problem. Here they are the support and the query examples in turn: steps
 * on one batch alone would teach the start nothing of what is common to different examples of a problem. At least 2 steps are
 * needed, for a single one is joint training. n gradients an episode.
 */
public record Reptile() implements MetaMethod {

    @Override
    public String name() {
        return "reptile";
    }

    @Override
    public void checkFits(Adaptation adaptation) {
        if (adaptation.steps() < 2 || adaptation.part() != AdaptedPart.ALL) {
            throw new IllegalArgumentException(
                    "reptile: " + adaptation.steps() + " steps of " + adaptation.part()
                            + "; it needs at least 2, and what does not adapt would never learn, so let ALL adapt, or use MAML");
        }
    }

    @Override
    public double addGradient(InnerLoop loop, Episode episode, INDArray sum) {
        int steps = loop.adaptation().steps();
        for (int j = 0; j < steps; j++) {
            loop.step(j % 2 == 0 ? episode.support() : episode.query());
        }
        sum.addi(loop.parameters(0)).subi(loop.parameters(steps));
        return loop.loss();
    }
}
