package io.mtl4j.aggregation;

import io.mtl4j.internal.Require;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * GradDrop on the gradients of the shared representation: one sign is drawn for every feature, by the gradients' sum
 * over the batch after multiplication with the sign of the representation.
 *
 * <p>Chen et al., Just Pick a Sign, NeurIPS 2020, algorithm 1 in its batch-separated form:
 * with {@code s_k = Σ_b sign(a_b) g_kb} for a feature's activations {@code a_b} and gradients {@code g_kb}, {@code P =
 * ½ (1 + Σ s_k / Σ |s_k|)}, U uniform; task k keeps its gradients of the feature over the whole batch where {@code P >
 * U} and {@code s_k > 0}, or {@code P < U} and {@code s_k < 0}, and the leak's part of them otherwise.
 *
 * <p>Needs {@link Requirement#REPRESENTATION}. No guarantee against conflict. Random: one uniform number a feature.
 * Scales with the gradients when {@code damping} is 0. A feature of zero gradients stays 0.
 *
 * <p>Deviation from the peer: no constant in the denominator unless {@code damping} adds one (1e-7 there).
 *
 * @param leak how much of what is dropped still counts, from 0 to 1; 0 by default
 * @param damping what is added to {@code Σ |s_k|}, at least 0; 0 by default
 */
public record RepresentationGradDrop(double leak, double damping) implements Aggregator {

    /** Checks the numbers. */
    public RepresentationGradDrop {
        Require.within("leak", leak, 0, 1);
        Require.nonNegative("damping", damping);
    }

    /** Without leak and damping. */
    public RepresentationGradDrop() {
        this(0, 0);
    }

    @Override
    public String name() {
        return "graddrop-representation";
    }

    @Override
    public Set<Requirement> requirements() {
        return Set.of(Requirement.JACOBIAN, Requirement.REPRESENTATION);
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(
                step,
                present -> new UpdateDirection.Vector(
                        direction(Gradients.rows(present), present.representation(), present.random())));
    }

    private double[] direction(double[][] rows, double[][] representation, RandomGenerator random) {
        int features = representation[0].length;
        double[] direction = new double[rows[0].length];
        for (int f = 0; f < features; f++) {
            double[] pushes = pushes(rows, representation, f);
            double sum = 0;
            double size = damping;
            for (double push : pushes) {
                sum += push;
                size += Math.abs(push);
            }
            double purity = size > 0 ? (1 + sum / size) / 2 : 0.5;
            double draw = random.nextDouble();
            for (int k = 0; k < rows.length; k++) {
                boolean kept = pushes[k] > 0 ? purity > draw : pushes[k] < 0 && purity < draw;
                for (int i = f; i < direction.length; i += features) {
                    direction[i] += (kept ? 1 : leak) * rows[k][i];
                }
            }
        }
        return direction;
    }

    /** The tasks' gradients of a feature times the feature's sign, summed over the batch. */
    private static double[] pushes(double[][] rows, double[][] representation, int feature) {
        double[] pushes = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            for (int b = 0; b < representation.length; b++) {
                double[] activations = representation[b];
                pushes[k] += Math.signum(activations[feature]) * rows[k][b * activations.length + feature];
            }
        }
        return pushes;
    }
}
