package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.internal.SimplexProjection;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Set;

/**
 * SDMGrad, stochastic direction-oriented multi-objective descent: between {@link Mgda} and the mean gradient {@code
 * g_0}, {@code d = (Σ w_k g_k + λ g_0) / (1 + λ)}, with w minimising {@code ½ |Σ w_k g_k + λ g_0|²} over the simplex.
 *
 * <p>Xiao, Ban and Ji, Direction-oriented Multi-objective Learning, NeurIPS 2023, algorithm 1. From the w of the step
 * before, some projected gradient steps (rate 5, momentum 0.5, as in the authors' code) along {@code H w + λ H 1/K},
 * with {@code H = J₁ J₂ᵀ} of two independent batches over the squared mean of the square roots of its diagonal.
 *
 * <p>Costs the gradients of three batches a step. No guarantee for a single step. Scales with the gradients.
 *
 * <p>At that rate the iteration need not settle: with badly scaled gradients w may jump between corners of the simplex,
 * and rounding may decide where it ends.
 *
 * <p>Defined answers: one task gets weight 1; where the diagonal of H has no positive entry (zero gradients, or two
 * batches that disagree for all tasks) nothing can be learnt from it, and w stays. An absent task's w stays as it was;
 * the others share the rest.
 *
 * <p>Deviation from the peer: no constant in the division unless {@code damping} adds one (1e-8 there).
 */
public final class SdmGrad implements Aggregator {

    private static final double RATE = 5;
    private static final double MOMENTUM = 0.5;

    private final double lambda;
    private final int iterations;
    private final double damping;
    private final TaskNumbers weights = new TaskNumbers("weights", tasks -> 1.0 / tasks);

    /**
     * Chooses the parameters.
     *
     * @param lambda λ, the pull towards the mean gradient, at least 0
     * @param iterations the projected gradient steps, at least 1
     * @param damping what is added to the divisor of H, at least 0
     * @throws IllegalArgumentException if they are out of range
     */
    public SdmGrad(double lambda, int iterations, double damping) {
        this.lambda = Require.nonNegative("lambda", lambda);
        this.iterations = Require.atLeast("iterations", iterations, 1);
        this.damping = Require.nonNegative("damping", damping);
    }

    /** λ = 0.3, 20 iterations, no damping. */
    public SdmGrad() {
        this(0.3, 20, 0);
    }

    @Override
    public String name() {
        return "sdmgrad";
    }

    @Override
    public Set<Requirement> requirements() {
        return Set.of(Requirement.JACOBIAN, Requirement.INDEPENDENT_JACOBIANS);
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(step, this::direction);
    }

    private UpdateDirection direction(TrainingStep step) {
        double[] w = descend(weights.shares(step), Gradients.doubleSample(step));
        weights.setShares(step, w);
        double[] mixed = new double[w.length];
        for (int k = 0; k < w.length; k++) {
            mixed[k] = (w[k] + lambda / w.length) / (1 + lambda);
        }
        return new UpdateDirection.Weights(mixed);
    }

    private double[] descend(double[] from, double[][] products) {
        int n = from.length;
        double size = 0;
        for (int k = 0; k < n; k++) {
            size += Math.sqrt(Math.max(0, products[k][k])) / n;
        }
        double divisor = size * size + damping;
        if (!(size > 0)) {
            return from;
        }
        double[] w = from;
        double[] velocity = new double[n];
        for (int i = 0; i < iterations; i++) {
            double[] mixed = w.clone();
            for (int k = 0; k < n; k++) {
                mixed[k] += lambda / n;
            }
            double[] slope = Matrices.times(products, mixed);
            Arrays.setAll(velocity, k -> MOMENTUM * velocity[k] + slope[k] / divisor);
            double[] next = w.clone();
            Arrays.setAll(next, k -> next[k] - RATE * velocity[k]);
            w = SimplexProjection.project(next);
        }
        return w;
    }

    @Override
    public MethodState state() {
        return weights.into(MethodState.empty(name()));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        weights.restore(state);
    }
}
