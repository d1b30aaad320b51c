package io.mtl4j.aggregation;

import io.mtl4j.internal.Bargaining;
import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;

/**
 * FairGrad: the α-fair division of the improvement among the tasks: {@code max Σ_k u(<g_k, d>)}, {@code u(x) = x^(1-α)
 * / (1-α)} (log x for α = 1), over d in a ball, which is {@code d = Σ w_k g_k} with {@code G w = w^(-1/α)}.
 *
 * <p>Ban and Ji, Fair Resource Allocation in Multi-Task Learning, ICML 2024. α = 1 is {@link NashMtl}
 * without its limit of the length; a larger α gives more to the tasks that improve least.
 *
 * <p>Guarantee: {@code <g_k, d> > 0} for every non-zero gradient wherever a solution exists. When all gradients grow by
 * a factor f, d grows by {@code f^((1-α)/(1+α))}: for α = 1 not at all, so that the step's length says nothing about
 * how near an optimum is, and small gradients want a small learning rate.
 *
 * <p>Defined answers: one task gets {@code |g|^(-2α/(1+α))}; a zero gradient takes no part (weight 0); at a
 * Pareto-stationary point no solution exists and d = 0.
 *
 * <p>Deviation from the peer: solved by Newton's method on the equivalent convex problem, to rounding (a least-squares
 * routine with absolute tolerances there, which is far off for badly scaled gradients).
 *
 * @param alpha α, above 0; 1 by default
 */
public record FairGrad(double alpha) implements GramianAggregator {

    /** Checks α. */
    public FairGrad {
        Require.positive("alpha", alpha);
    }

    /** α = 1, proportional fairness. */
    public FairGrad() {
        this(1);
    }

    @Override
    public String name() {
        return "fairgrad";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        return Bargaining.weights(gramian, 1 / alpha);
    }
}
