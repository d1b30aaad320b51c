package io.mtl4j.aggregation;

import io.mtl4j.internal.ConflictAverse;
import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Objects;

/**
 * CAGrad, conflict-averse gradient descent: in a ball around the mean gradient {@code g_0}, the d with the largest
 * worst-case improvement: {@code max_d min_k <g_k, d>} subject to {@code |d - g_0| ≤ c |g_0|}.
 *
 * <p>Liu et al., Conflict-Averse Gradient Descent for Multi-task Learning, NeurIPS 2021, algorithm 1. The dual, {@code
 * min <g_w, g_0> + c |g_0| |g_w|} over w on the simplex, {@code g_w = Σ w_k g_k}, gives {@code d = g_0 + c |g_0| g_w /
 * |g_w|}; d is then divided as {@link Rescale} says.
 *
 * <p>{@code c = 0} is the mean, a large c comes near {@link Mgda}; for {@code c < 1} training converges to a minimum of
 * the mean loss. No guarantee that d doesn't conflict with a gradient, unless c is large enough. Scales with the
 * gradients.
 *
 * <p>Defined answers: one task gets {@code (1 + c)} before the rescaling; d = 0 where {@code g_w} is 0, that is where
 * the dual's optimum is a Pareto-stationary combination, a zero gradient included.
 *
 * <p>Deviations from the peers: the dual is solved exactly (peers stop at 1e-6 or use a conic solver) and free of
 * absolute constants, unless {@code smallest} sets one.
 *
 * @param c radius of the ball in units of {@code |g_0|}, at least 0; 0.5 by default
 * @param rescale what d is divided by; {@code 1 + c²} by default
 * @param smallest as one peer's {@code norm_eps}: a trace of G below this counts as 0, and {@code |g_w|} below this
 *     times the square root of the trace, too; 0 by default
 */
public record CaGrad(double c, Rescale rescale, double smallest) implements GramianAggregator {

    /** What d is divided by. */
    public enum Rescale {
        /** 1. */
        NONE,
        /** {@code 1 + c²}. */
        ONE_PLUS_C_SQUARED,
        /** {@code 1 + c}. */
        ONE_PLUS_C
    }

    /** Checks the numbers. */
    public CaGrad {
        Require.nonNegative("c", c);
        Objects.requireNonNull(rescale, "rescale");
        Require.nonNegative("smallest", smallest);
    }

    /** c = 0.5, divided by {@code 1 + c²}. */
    public CaGrad() {
        this(0.5, Rescale.ONE_PLUS_C_SQUARED, 0);
    }

    /**
     * {@return this method with another radius}
     *
     * @param other c, at least 0
     */
    public CaGrad withC(double other) {
        return new CaGrad(other, rescale, smallest);
    }

    /**
     * {@return this method with another divisor}
     *
     * @param other what d is divided by
     */
    public CaGrad withRescale(Rescale other) {
        return new CaGrad(c, other, smallest);
    }

    @Override
    public String name() {
        return "cagrad";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        int n = gramian.length;
        double divisor = switch (rescale) {
            case NONE -> 1;
            case ONE_PLUS_C_SQUARED -> 1 + c * c;
            case ONE_PLUS_C -> 1 + c;
        };
        double trace = Matrices.sum(Matrices.diagonal(gramian));
        if (trace < smallest) {
            return new double[n];
        }
        double[] pull = ConflictAverse.pull(gramian, c, smallest * Math.sqrt(trace));
        double[] weights = new double[n];
        for (int k = 0; k < n && pull.length > 0; k++) {
            weights[k] = (1.0 / n + pull[k]) / divisor;
        }
        return weights;
    }
}
