package io.mtl4j.aggregation;

import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/**
 * The trimmed mean: in every coordinate by itself, the mean of the K entries without the {@code trim} largest and the
 * {@code trim} smallest.
 *
 * <p>Yin et al., Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates, ICML 2018, definition 2. For
 * many tasks of the same kind of which some have broken data. No guarantee against conflict. Scales with the gradients
 * and does not depend on the order of the tasks. {@code trim = 0} is the mean. Reads the whole gradients.
 *
 * @param trim how many entries are dropped at each end, at least 0
 */
public record TrimmedMean(int trim) implements Aggregator {

    /** Checks the number. */
    public TrimmedMean {
        Require.atLeast("trim", trim, 0);
    }

    @Override
    public String name() {
        return "trimmed-mean";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if there are fewer than {@code 2 trim + 1} tasks
     */
    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(step, present -> new UpdateDirection.Vector(direction(Gradients.rows(present))));
    }

    private double[] direction(double[][] rows) {
        int n = rows.length;
        if (n < 2 * trim + 1) {
            throw new IllegalArgumentException("trimmed-mean with trim = " + trim + ": " + n
                    + " tasks in this step; it needs at least " + (2 * trim + 1));
        }
        double[] direction = new double[rows[0].length];
        double[] column = new double[n];
        for (int i = 0; i < direction.length; i++) {
            for (int k = 0; k < n; k++) {
                column[k] = rows[k][i];
            }
            Arrays.sort(column);
            direction[i] = Arrays.stream(column, trim, n - trim).sum() / (n - 2 * trim);
        }
        return direction;
    }
}
