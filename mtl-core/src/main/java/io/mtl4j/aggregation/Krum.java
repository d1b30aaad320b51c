package io.mtl4j.aggregation;

import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Krum (and Multi-Krum): the mean of the {@code selected} gradients that lie closest to the others, where up to {@code
 * outliers} of them may be arbitrarily wrong.
 *
 * <p>Blanchard et al., Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent, NeurIPS 2017.
 * A gradient's score is the sum of its distances to its {@code K - outliers - 2} nearest others; the least scores win,
 * the first task among equals.
 *
 * <p>For many tasks of the same kind of which some have broken data; the other tasks' gradients are thrown away, so it
 * is no method for tasks that are merely different. The result is within the convex hull of the gradients; no guarantee
 * against conflict. Scales with the gradients; permuting tasks permutes the answer except among equal scores. Zero
 * gradients are gradients like others.
 *
 * @param outliers how many gradients may be wrong, at least 0
 * @param selected how many gradients are averaged, at least 1
 */
public record Krum(int outliers, int selected) implements GramianAggregator {

    /** Checks the numbers. */
    public Krum {
        Require.atLeast("outliers", outliers, 0);
        Require.atLeast("selected", selected, 1);
    }

    @Override
    public String name() {
        return "krum";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if there are fewer than {@code outliers + 3} tasks, or fewer than {@code
     *     selected}
     */
    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        int n = gramian.length;
        if (n < outliers + 3 || n < selected) {
            throw new IllegalArgumentException("krum with outliers = " + outliers + ", selected = " + selected + ": "
                    + n + " tasks in this step; it needs at least " + Math.max(outliers + 3, selected));
        }
        double[] scores =
                IntStream.range(0, n).mapToDouble(task -> score(gramian, task)).toArray();
        double[] weights = new double[n];
        IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(task -> scores[task]))
                .limit(selected)
                .forEach(task -> weights[task] = 1.0 / selected);
        return weights;
    }

    private double score(double[][] gramian, int task) {
        int n = gramian.length;
        double[] distances = IntStream.range(0, n)
                .filter(other -> other != task)
                .mapToDouble(other ->
                        Math.sqrt(Math.max(0, gramian[task][task] + gramian[other][other] - 2 * gramian[task][other])))
                .sorted()
                .toArray();
        return Arrays.stream(distances, 0, n - outliers - 2).sum();
    }
}
