package io.mtl4j.aggregation;

import io.mtl4j.internal.DualCone;
import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Objects;

/**
 * UPGrad: every gradient is projected onto the dual cone of all gradients, and the projections are added up: {@code d =
 * Σ_k p_k Π(g_k)}, {@code Π(g_k)} the nearest vector to {@code g_k} that has a non-negative inner product with every
 * gradient.
 *
 * <p>Quinton and Rey, Jacobian Descent for Multi-Objective Optimization, arXiv 2406.16232; by duality
 * (proposition 1) {@code Π(g_k) = Jᵀv} with v the minimiser of {@code vᵀGv} over {@code v ≥ e_k}. Solved exactly with
 * {@code G / tr G + r I}, r the regularisation.
 *
 * <p>Guarantee: {@code <g_k, d> ≥ 0} up to {@code r tr G |v|}; no task's loss grows to first order. Where no gradients
 * conflict, it is the mean (or the preference-weighted sum). Long gradients keep their influence. The method to try
 * first when tasks conflict. Scales with the gradients, and linear in the length of each as long as conflicts stay as
 * they are.
 *
 * <p>Defined answers: one task gets its preference (1 by default); zero gradients keep their preference as weight; of
 * opposite gradients of equal length nothing is left; identical gradients give the mean.
 *
 * <p>Deviation from the peers: no absolute threshold on the trace unless {@code smallestTrace} sets one (a peer takes
 * gradients whose trace is below 1e-4 for zero, and then averages them).
 *
 * @param preference p, 1/K each by default
 * @param regularisation r, above 0; 1e-4 by default
 * @param smallestTrace a trace of the Gramian below this counts as 0; 0 by default
 */
public record UpGrad(Preference preference, double regularisation, double smallestTrace) implements GramianAggregator {

    /** The default regularisation. */
    static final double REGULARISATION = 1e-4;

    /** Checks the numbers. */
    public UpGrad {
        Objects.requireNonNull(preference, "preference");
        Require.positive("regularisation", regularisation);
        Require.nonNegative("smallestTrace", smallestTrace);
    }

    /** Equal preference, regularisation 1e-4. */
    public UpGrad() {
        this(Preference.none(), REGULARISATION, 0);
    }

    /**
     * {@return this method with a preference}
     *
     * @param other p
     */
    public UpGrad withPreference(Preference other) {
        return new UpGrad(other, regularisation, smallestTrace);
    }

    /**
     * {@return this method with another regularisation}
     *
     * @param other r, above 0
     */
    public UpGrad withRegularisation(double other) {
        return new UpGrad(preference, other, smallestTrace);
    }

    @Override
    public String name() {
        return "upgrad";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        int n = gramian.length;
        double[][] normalised = DualCone.normalise(gramian, regularisation, smallestTrace);
        double[] preferred = preference.of(step, 1.0 / n);
        double[] weights = new double[n];
        for (int k = 0; k < n; k++) {
            double[] single = new double[n];
            single[k] = preferred[k];
            double[] projected = DualCone.project(normalised, single);
            for (int j = 0; j < n; j++) {
                weights[j] += projected[j];
            }
        }
        return weights;
    }
}
