package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * PCGrad, gradient surgery: each gradient is freed from its conflicts with the others one after the other, and the
 * results are added up.
 *
 * <p>Yu et al., Gradient Surgery for Multi-Task Learning, NeurIPS 2020, algorithm 1: {@code p_i = g_i}; for each other
 * j in random order, if {@code <p_i, g_j> < 0}, then {@code p_i -= <p_i, g_j> / |g_j|² g_j}; {@code d = Σ p_i}. Worked
 * out on the Gramian: only the coefficients of p_i on the gradients are kept.
 *
 * <p>Guarantee: with two tasks {@code <g_k, d> ≥ 0}; with more a later projection may undo an earlier one. Where no
 * gradients conflict it is {@link Sum}. Random: the order comes from the step's random numbers, drawn afresh for each
 * task. Scales with the gradients.
 *
 * <p>Defined answers: one task gets weight 1; a zero gradient conflicts with nothing and gets weight 1; opposite
 * gradients of two tasks cancel.
 *
 * <p>Deviation from the peers: a task isn't held against itself (one peer does visit it), and the denominator has no
 * constant unless {@code damping} adds one (1e-8 in that peer), which would make short gradients another case than long
 * ones.
 *
 * @param order the order in which the others are visited; shuffled by default
 * @param damping what is added to {@code |g_j|²}; 0 by default
 */
public record PcGrad(TaskOrder order, double damping) implements GramianAggregator {

    /** Checks the parameters. */
    public PcGrad {
        Objects.requireNonNull(order, "order");
        Require.nonNegative("damping", damping);
    }

    /** With shuffled order, without damping. */
    public PcGrad() {
        this(TaskOrder.shuffled(), 0);
    }

    /**
     * {@return this method with another order}
     *
     * @param other the order
     */
    public PcGrad withOrder(TaskOrder other) {
        return new PcGrad(other, damping);
    }

    @Override
    public String name() {
        return "pcgrad";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        int n = gramian.length;
        RandomGenerator random = step.random();
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double[] changed = new double[n];
            changed[i] = 1;
            for (int j : order.visits(i, n, random)) {
                double product = Matrices.dot(changed, gramian[j]);
                if (product < 0 && gramian[j][j] > 0) {
                    changed[j] -= product / (gramian[j][j] + damping);
                }
            }
            for (int k = 0; k < n; k++) {
                weights[k] += changed[k];
            }
        }
        return weights;
    }
}
