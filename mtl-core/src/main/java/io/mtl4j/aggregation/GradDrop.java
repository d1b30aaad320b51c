package io.mtl4j.aggregation;

import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * GradDrop, gradient sign dropout: in every coordinate one sign is drawn, and only the entries of that sign are added
 * up.
 *
 * <p>Chen et al., Just Pick a Sign, NeurIPS 2020, algorithm 1, on any gradients: the positive sign purity {@code P = ½
 * (1 + Σ g / Σ |g|)} of a coordinate is the probability that its positive entries are kept; with U uniform, positive
 * entries stay where {@code P > U} and negative ones where {@code P < U}. Task k's dropped entries still count {@code
 * leak_k}.
 *
 * <p>A noisy method for joint minima: it stands still only where all gradients are 0. No guarantee against conflict.
 * Random: one uniform number a coordinate from the step's random numbers. Scales with the gradients; independent of the
 * order of the tasks. Reads the whole gradients.
 *
 * <p>Defined answers: one task is left as it is; a coordinate of zeros stays 0.
 *
 * <p>Deviations from the peers: for the gradients of a representation, where the paper takes the sign of the
 * representation into account, see {@link RepresentationGradDrop}; no constant in the denominator.
 *
 * @param leak how much of what is dropped still counts, for each task, from 0 to 1; 0 for all by default
 */
public record GradDrop(Preference leak) implements Aggregator {

    /** Checks the leaks. */
    public GradDrop {
        Objects.requireNonNull(leak, "leak");
    }

    /** Without leaks. */
    public GradDrop() {
        this(Preference.none());
    }

    @Override
    public String name() {
        return "graddrop";
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(
                step,
                present -> new UpdateDirection.Vector(
                        direction(Gradients.rows(present), leaks(present), present.random())));
    }

    private double[] leaks(TrainingStep step) {
        double[] leaks = leak.of(step, 0);
        for (double value : leaks) {
            Require.within("leak", value, 0, 1);
        }
        return leaks;
    }

    private static double[] direction(double[][] rows, double[] leaks, RandomGenerator random) {
        double[] direction = new double[rows[0].length];
        for (int i = 0; i < direction.length; i++) {
            double sum = 0;
            double size = 0;
            for (double[] row : rows) {
                sum += row[i];
                size += Math.abs(row[i]);
            }
            double purity = size > 0 ? (1 + sum / size) / 2 : 0.5;
            double draw = random.nextDouble();
            for (int k = 0; k < rows.length; k++) {
                double entry = rows[k][i];
                boolean kept = entry > 0 ? purity > draw : purity < draw;
                direction[i] += kept ? entry : leaks[k] * entry;
            }
        }
        return direction;
    }
}
