package io.mtl4j.aggregation;

import io.mtl4j.internal.DualCone;
import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Objects;

/**
 * DualProj: the mean gradient, projected onto the dual cone of all gradients: the nearest vector to {@code Σ p_k g_k}
 * that has a non-negative inner product with every gradient.
 *
 * <p>Lopez-Paz and Ranzato, Gradient Episodic Memory for Continual Learning, NeurIPS 2017; solved in the
 * dual, {@code min vᵀGv} over {@code v ≥ p}, exactly, with {@code G / tr G + r I}.
 *
 * <p>Guarantee: {@code <g_k, d> ≥ 0} up to {@code r tr G |v|}; where the mean conflicts with no gradient, it is the
 * mean. Unlike {@link UpGrad} it projects after mixing, so a short gradient may lose all influence on d. Scales with
 * the gradients.
 *
 * <p>Defined answers: as {@link UpGrad}; opposite gradients of equal length cancel. Deviation from the peers: no
 * absolute threshold unless {@code smallestTrace} sets one.
 *
 * @param preference p, 1/K each by default
 * @param regularisation r, above 0; 1e-4 by default
 * @param smallestTrace a trace of the Gramian below this counts as 0; 0 by default
 */
public record DualProj(Preference preference, double regularisation, double smallestTrace)
        implements GramianAggregator {

    /** Checks the numbers. */
    public DualProj {
        Objects.requireNonNull(preference, "preference");
        Require.positive("regularisation", regularisation);
        Require.nonNegative("smallestTrace", smallestTrace);
    }

    /** Equal preference, regularisation 1e-4. */
    public DualProj() {
        this(Preference.none(), UpGrad.REGULARISATION, 0);
    }

    /**
     * {@return this method with a preference}
     *
     * @param other p
     */
    public DualProj withPreference(Preference other) {
        return new DualProj(other, regularisation, smallestTrace);
    }

    /**
     * {@return this method with another regularisation}
     *
     * @param other r, above 0
     */
    public DualProj withRegularisation(double other) {
        return new DualProj(preference, other, smallestTrace);
    }

    @Override
    public String name() {
        return "dualproj";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[][] normalised = DualCone.normalise(gramian, regularisation, smallestTrace);
        return DualCone.project(normalised, preference.of(step, 1.0 / gramian.length));
    }
}
