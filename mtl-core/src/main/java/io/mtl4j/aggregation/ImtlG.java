package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.PseudoInverse;
import io.mtl4j.step.TrainingStep;

/**
 * IMTL-G, impartial learning: the d that has equal projections on all unit gradients, {@code <d, g_k> / |g_k|} the same
 * for every k, with weights that add up to 1: {@code w ∝ G⁺ sqrt(diag G)}.
 *
 * <p>Liu et al., Towards Impartial Multi-Task Learning, ICLR 2021, in closed form on the Gramian.
 *
 * <p>No task is favoured for the length of its gradient. For independent gradients the projections are equal; they may
 * be equally negative, for the weights may be: nothing is guaranteed against conflict, and d grows without bound as Σw
 * comes to 0. Scales with the gradients.
 *
 * <p>Defined answers: one task gets weight 1; identical gradients get equal weights; a zero gradient gets weight 0.
 * Dependent gradients may have no d with equal projections but 0: then d is the least-squares answer (the
 * pseudo-inverse), or 0 when {@code strict}. Where Σw is 0 up to rounding, as for opposite gradients, d = 0.
 *
 * <p>Deviations from the peers: the pseudo-inverse is cut at 1e-12 of the largest eigenvalue, well above rounding
 * (peers cut at rounding or invert singular matrices); the test of Σw is relative. With more tasks than parameters one
 * peer gives the strict answer, the other the least-squares one.
 *
 * @param strict whether d is 0 where no other d has equal projections; false by default
 */
public record ImtlG(boolean strict) implements GramianAggregator {

    /** What a sum is of its natural size where it counts as 0. */
    private static final double VANISHING = 1e-10;

    /** What a residual is of the right side where the equations have a solution. */
    private static final double SOLVED = 1e-6;

    /** With the least-squares answer for dependent gradients. */
    public ImtlG() {
        this(false);
    }

    @Override
    public String name() {
        return "imtl-g";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[] lengths = Matrices.diagonal(gramian);
        double trace = Matrices.sum(lengths);
        for (int k = 0; k < lengths.length; k++) {
            lengths[k] = Math.sqrt(lengths[k]);
        }
        double[] weights = PseudoInverse.times(gramian, lengths);
        double sum = Matrices.sum(weights);
        boolean vanishes = Math.abs(sum) * Math.sqrt(trace) <= VANISHING || (strict && !equalProjections(gramian));
        return Matrices.scale(vanishes ? 0 : 1 / sum, weights);
    }

    /** Whether the cosines C of the non-zero gradients have a solution of {@code C v = 1}. */
    private static boolean equalProjections(double[][] gramian) {
        double[] units = Matrices.diagonal(gramian);
        double[] wanted = new double[units.length];
        for (int k = 0; k < units.length; k++) {
            wanted[k] = units[k] > 0 ? 1 : 0;
            units[k] = units[k] > 0 ? 1 / Math.sqrt(units[k]) : 0;
        }
        double[][] cosines = Matrices.scaleBothSides(gramian, units);
        double[] projections = Matrices.times(cosines, PseudoInverse.times(cosines, wanted));
        for (int k = 0; k < wanted.length; k++) {
            if (Math.abs(projections[k] - wanted[k]) > SOLVED) {
                return false;
            }
        }
        return true;
    }
}
