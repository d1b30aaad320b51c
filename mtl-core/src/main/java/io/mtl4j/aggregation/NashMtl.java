package io.mtl4j.aggregation;

import io.mtl4j.internal.Bargaining;
import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/**
 * Nash-MTL: the Nash bargaining solution, {@code max Σ_k log <g_k, d>} over d in a ball, which is {@code d = Σ w_k g_k}
 * with {@code G w = 1 / w}.
 *
 * <p>Navon et al., Multi-Task Learning as a Bargaining Game, ICML 2022, algorithm 1. The solution does not depend on
 * the units of any loss, and has the length {@code sqrt(K)} whatever the gradients; d is then shortened to {@code
 * maxNorm}, so that with the default 1 every step has length 1 (times the learning rate: choose it accordingly, and let
 * it decay). To save time, the weights may be kept for {@code every} steps.
 *
 * <p>Guarantee: {@code <g_k, d> > 0} for every non-zero gradient at every step that solves anew. Does not change at all
 * when gradients grow by a factor.
 *
 * <p>Defined answers: one task gets a step of length {@code min(1, maxNorm)}; a zero gradient takes no part (weight 0);
 * at a Pareto-stationary point there is no agreement and d = 0, until the next solution. An absent task's weight stays
 * as it was.
 *
 * <p>Deviations from the peers: solved by Newton's method to rounding, not by a sequence of 20 convex programs that
 * stops early; no silent return to earlier weights; no single precision.
 */
public final class NashMtl implements GramianAggregator {

    private final int every;
    private final double maxNorm;
    private final TaskNumbers kept = new TaskNumbers("weights", tasks -> -1);
    private long steps;

    /**
     * Chooses the parameters.
     *
     * @param every after how many steps the weights are found anew, at least 1
     * @param maxNorm the greatest length of d; 0 for no limit
     * @throws IllegalArgumentException if they are out of range
     */
    public NashMtl(int every, double maxNorm) {
        this.every = Require.atLeast("every", every, 1);
        this.maxNorm = Require.nonNegative("maxNorm", maxNorm);
    }

    /** New weights at every step, d of length 1. */
    public NashMtl() {
        this(1, 1);
    }

    @Override
    public String name() {
        return "nash-mtl";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[] weights = kept.of(step);
        boolean unknown = Arrays.stream(weights).anyMatch(weight -> weight < 0);
        if (steps++ % every == 0 || unknown) {
            weights = Bargaining.weights(gramian, 1);
            kept.set(step, weights);
        }
        double length = Matrices.norm(gramian, weights);
        return maxNorm > 0 && length > maxNorm ? Matrices.scale(maxNorm / length, weights) : weights;
    }

    @Override
    public MethodState state() {
        return kept.into(MethodState.empty(name()).with("steps", steps));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        kept.restore(state);
        steps = (long) state.number("steps");
    }
}
