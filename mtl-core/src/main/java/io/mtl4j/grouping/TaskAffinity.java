package io.mtl4j.grouping;

import io.mtl4j.internal.Require;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What a training step on one task does to the loss of another, {@code Z_{i→j} = 1 - L_j(θ after a step on i) / L_j(θ)}:
 * above 0, the step helped; below, it harmed (C. Fifty and others, "Efficiently Identifying Task Groupings for Multi-Task
 * Learning", NeurIPS 2021, equation 1).
 *
 * @param tasks the names of the tasks, unique
 * @param values {@code [K][K]}, finite: row i is the task that made the step, column j the task whose loss is looked at
 */
public record TaskAffinity(List<String> tasks, double[][] values) {

    /** Checks and copies the values. */
    public TaskAffinity {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty() || new HashSet<>(tasks).size() != tasks.size()) {
            throw new IllegalArgumentException(
                    "task affinity: tasks " + tasks + "; give at least one, each with a name of its own");
        }
        values = copy(values);
        if (values.length != tasks.size()) {
            throw new IllegalArgumentException("task affinity: " + values.length + " rows for " + tasks.size()
                    + " tasks; give a row and a column for each");
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i].length != tasks.size()) {
                throw new IllegalArgumentException("task affinity: row " + i + " has " + values[i].length
                        + " columns for " + tasks.size() + " tasks; give a row and a column for each");
            }
            for (double value : values[i]) {
                Require.finite("affinity of task \"" + tasks.get(i) + "\"", value);
            }
        }
    }

    /** {@return a copy of the matrix} */
    @Override
    public double[][] values() {
        return copy(values);
    }

    /**
     * {@return what a step on one task does to another}
     *
     * @param from the task of the step
     * @param onto the task whose loss is looked at
     * @throws IllegalArgumentException if there is no such task
     */
    public double of(String from, String onto) {
        return values[number(from)][number(onto)];
    }

    /**
     * {@return the mean affinity of a group onto one of its tasks, over the other tasks of the group}
     *
     * @param group names of tasks, the one in question among them, at least two
     * @param onto the task in question
     * @throws IllegalArgumentException if there is no such task, or it is not in the group, or alone in it
     */
    public double onto(List<String> group, String onto) {
        if (!group.contains(onto) || group.size() < 2) {
            throw new IllegalArgumentException("affinity onto task \"" + onto + "\" in group " + group
                    + "; the group must have it and at least one other");
        }
        return group.stream()
                .filter(task -> !task.equals(onto))
                .mapToDouble(task -> of(task, onto))
                .average()
                .orElseThrow();
    }

    private int number(String task) {
        int number = tasks.indexOf(task);
        if (number < 0) {
            throw new IllegalArgumentException("no task \"" + task + "\" in the affinities; there are " + tasks);
        }
        return number;
    }

    /** {@return a table for people, in thousandths: a line for the task of the step, a column for the task looked at} */
    public String table() {
        int width = Math.max(8, tasks.stream().mapToInt(String::length).max().orElseThrow());
        String cell = "  %" + width + "s";
        StringBuilder text = new StringBuilder(String.format("%-" + width + "s", "x 0.001"));
        tasks.forEach(task -> text.append(String.format(cell, task)));
        for (int i = 0; i < values.length; i++) {
            text.append('\n').append(String.format("%-" + width + "s", tasks.get(i)));
            for (double value : values[i]) {
                text.append(String.format(cell, String.format(Locale.ROOT, "%.3f", 1000 * value)));
            }
        }
        return text.append('\n').toString();
    }

    private static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskAffinity affinity
                && tasks.equals(affinity.tasks)
                && Arrays.deepEquals(values, affinity.values);
    }

    @Override
    public int hashCode() {
        return 31 * tasks.hashCode() + Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return "TaskAffinity" + tasks;
    }
}
