package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.PseudoInverse;
import io.mtl4j.internal.SymmetricEigen;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Objects;

/**
 * Aligned-MTL: replaces the gradients by the nearest orthogonal ones of equal length, so that no one dominates or
 * conflicts, and adds them up: {@code d = Σ w_k g_k}, {@code w = B p}, {@code B = sqrt(s) V Λ^(-1/2) Vᵀ} on the range
 * of {@code G = V Λ Vᵀ}.
 *
 * <p>Senushkin et al., Independent Component Alignment for Multi-Task Learning, CVPR 2023, algorithm 1. The scale s is
 * the least eigenvalue of G that is not 0 (as in the paper), their median, or their mean ("rmse": of singular values).
 *
 * <p>The aligned gradients have equal lengths and right angles, so none of them rules or conflicts; the gradients
 * themselves may still conflict with d when their lengths differ much. With {@link Scale#MIN} steps get short when
 * gradients are nearly dependent. Scales with the gradients.
 *
 * <p>Defined answers: one task gets weight p; all gradients zero, weights p; dependent gradients are aligned within
 * their span.
 *
 * <p>Deviations from the peers: the rank is cut at 1e-12 of the largest eigenvalue. One peer's weights are K times
 * these (p = 1 there, 1/K here).
 *
 * @param scale which eigenvalue gives the length
 * @param preference p, 1/K each by default
 */
public record AlignedMtl(Scale scale, Preference preference) implements GramianAggregator {

    /** Which eigenvalue of the Gramian becomes the squared length of all aligned gradients. */
    public enum Scale {
        /** The least that is not 0. */
        MIN,
        /** The median of those that are not 0; the lower one of an even number. */
        MEDIAN,
        /** The mean of those that are not 0. */
        RMSE
    }

    /** Checks that nothing is missing. */
    public AlignedMtl {
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(preference, "preference");
    }

    /** The least eigenvalue, equal preference. */
    public AlignedMtl() {
        this(Scale.MIN, Preference.none());
    }

    /**
     * {@return this method with another scale}
     *
     * @param other which eigenvalue gives the length
     */
    public AlignedMtl withScale(Scale other) {
        return new AlignedMtl(other, preference);
    }

    /**
     * {@return this method with a preference}
     *
     * @param other p
     */
    public AlignedMtl withPreference(Preference other) {
        return new AlignedMtl(scale, other);
    }

    @Override
    public String name() {
        return "aligned-mtl";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[] preferred = preference.of(step, 1.0 / gramian.length);
        SymmetricEigen eigen = SymmetricEigen.of(gramian);
        double cut = PseudoInverse.CUT_OFF * eigen.largest();
        double[] kept = Arrays.stream(eigen.values())
                .filter(value -> value > cut)
                .sorted()
                .toArray();
        if (kept.length == 0) {
            return preferred;
        }
        double square = switch (scale) {
            case MIN -> kept[0];
            case MEDIAN -> kept[(kept.length - 1) / 2];
            case RMSE -> Matrices.sum(kept) / kept.length;
        };
        double[] factors = Arrays.stream(eigen.values())
                .map(value -> value > cut ? Math.sqrt(square / value) : 0)
                .toArray();
        return eigen.apply(factors, preferred);
    }
}
