package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.PseudoInverse;
import io.mtl4j.step.TrainingStep;
import java.util.Objects;

/**
 * ConFIG, conflict-free inverse gradients: along the unit vector u whose cosines with the gradients are as p says (all
 * equal by default), as long as the sum of the projections: {@code u = unit(U⁺ p)}, U the unit gradients, {@code d =
 * (Σ <g_k, u>) u}.
 *
 * <p>Liu, Chu and Thuerey, ConFIG: Towards Conflict-free Training of Physics Informed Neural Networks, arXiv
 * 2408.11104. On the Gramian: {@code U⁺ = Uᵀ C⁺} with C the cosines of the gradients.
 *
 * <p>Guarantee for linearly independent gradients and positive p: {@code <g_k, d> ≥ 0}, the same cosine with every
 * gradient. For dependent gradients u is the least-squares answer and there is none. Scales with the gradients.
 *
 * <p>Defined answers: one task gets weight 1; a zero gradient gets weight 0; where {@code U⁺ p} is 0 up to rounding, as
 * for opposite gradients, d = 0; identical gradients are added up.
 *
 * <p>Deviations from the peers: works on the Gramian, so that no gradient leaves the device; the pseudo-inverse cuts
 * eigenvalues of C at 1e-12 of the largest instead of at rounding.
 *
 * @param preference p, 1 each by default
 */
public record ConFig(Preference preference) implements GramianAggregator {

    /** What a length is of its natural size where it counts as 0. */
    private static final double VANISHING = 1e-10;

    /** Checks that there is a preference. */
    public ConFig {
        Objects.requireNonNull(preference, "preference");
    }

    /** Equal cosines. */
    public ConFig() {
        this(Preference.none());
    }

    /**
     * {@return this method with a preference}
     *
     * @param other p
     */
    public ConFig withPreference(Preference other) {
        return new ConFig(other);
    }

    @Override
    public String name() {
        return "config";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[] units = Matrices.diagonal(gramian);
        for (int k = 0; k < units.length; k++) {
            units[k] = units[k] > 0 ? 1 / Math.sqrt(units[k]) : 0;
        }
        double[][] cosines = Matrices.scaleBothSides(gramian, units);
        double[] wanted = preference.of(step, 1);
        double[] weights = PseudoInverse.times(cosines, wanted);
        double length = Matrices.norm(cosines, weights);
        double natural = Math.sqrt(Matrices.dot(wanted, wanted));
        if (!(length > VANISHING * natural)) {
            return new double[units.length];
        }
        for (int k = 0; k < units.length; k++) {
            weights[k] *= units[k] / length;
        }
        return Matrices.scale(Matrices.sum(Matrices.times(gramian, weights)), weights);
    }
}
