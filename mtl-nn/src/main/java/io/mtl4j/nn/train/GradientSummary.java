package io.mtl4j.nn.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the tasks' gradients went together over a training. Only steps in which both gradients of a pair were known and not
 * zero count.
 *
 * @param tasks the names of the tasks, in the order of the arrays
 * @param steps the number of steps in which each pair was seen, {@code [K][K]}
 * @param conflicts the share of those steps with a negative cosine, {@code [K][K]}, from 0 to 1; NaN for pairs never seen
 * @param cosines the mean cosine, {@code [K][K]}; NaN for pairs never seen
 * @param norms the mean norm of each task's gradient over the steps in which it was not zero, {@code [K]}; NaN if there is
 *     none
 */
public record GradientSummary(
        List<String> tasks, long[][] steps, double[][] conflicts, double[][] cosines, double[] norms) {

    /**
     * {@return the share of steps in which the gradients of two tasks had a negative cosine, from 0 to 1; NaN if they were
     * never seen together}
     *
     * @param one a task's name
     * @param other another's
     * @throws IllegalArgumentException if there is no task of that name
     */
    public double conflict(String one, String other) {
        return conflicts[number(one)][number(other)];
    }

    /**
     * {@return the mean cosine of two tasks' gradients; NaN if they were never seen together}
     *
     * @param one a task's name
     * @param other another's
     * @throws IllegalArgumentException if there is no task of that name
     */
    public double cosine(String one, String other) {
        return cosines[number(one)][number(other)];
    }

    /**
     * {@return the mean norm of a task's gradient}
     *
     * @param task the task's name
     * @throws IllegalArgumentException if there is no task of that name
     */
    public double norm(String task) {
        return norms[number(task)];
    }

    private int number(String task) {
        int number = tasks.indexOf(task);
        if (number < 0) {
            throw new IllegalArgumentException("no task \"" + task + "\"; the tasks are " + tasks);
        }
        return number;
    }

    /** {@return the numbers as a table, a pair of tasks on each line} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tasks.size(); i++) {
            text.append(String.format(Locale.ROOT, "%s: mean gradient norm %.4g%n", tasks.get(i), norms[i]));
        }
        for (int i = 0; i < tasks.size(); i++) {
            for (int j = i + 1; j < tasks.size(); j++) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s / %s: conflict in %.1f %% of %d steps, mean cosine %.3f%n",
                        tasks.get(i),
                        tasks.get(j),
                        100 * conflicts[i][j],
                        steps[i][j],
                        cosines[i][j]));
            }
        }
        return text.toString();
    }

    /** Adds up steps. */
    static final class Sums {
        private final long[][] seen;
        private final long[][] negative;
        private final double[][] cosines;
        private final double[] norms;

        Sums(int tasks) {
            seen = new long[tasks][tasks];
            negative = new long[tasks][tasks];
            cosines = new double[tasks][tasks];
            norms = new double[tasks];
        }

        void add(StepDiagnostics step) {
            double[] lengths = step.norms();
            double[][] angles = step.cosines();
            for (int i = 0; i < lengths.length; i++) {
                norms[i] += lengths[i];
                for (int j = 0; j < lengths.length; j++) {
                    double cosine = angles[i][j];
                    if (!Double.isNaN(cosine)) {
                        seen[i][j]++;
                        negative[i][j] += cosine < 0 ? 1 : 0;
                        cosines[i][j] += cosine;
                    }
                }
            }
        }

        GradientSummary of(List<String> tasks) {
            int k = tasks.size();
            double[][] conflict = new double[k][k];
            double[][] mean = new double[k][k];
            double[] norm = new double[k];
            for (int i = 0; i < k; i++) {
                norm[i] = norms[i] / seen[i][i];
                for (int j = 0; j < k; j++) {
                    conflict[i][j] = (double) negative[i][j] / seen[i][j];
                    mean[i][j] = cosines[i][j] / seen[i][j];
                }
            }
            long[][] steps = Arrays.stream(seen).map(long[]::clone).toArray(long[][]::new);
            return new GradientSummary(tasks, steps, conflict, mean, norm);
        }
    }
}
