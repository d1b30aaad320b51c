package io.mtl4j.aggregation;

import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/**
 * How much each task counts to the user: one number a task of the model, or none, which means that all count the same.
 *
 * <p>In a step that lacks a task the others keep their numbers.
 */
public final class Preference {

    private static final Preference NONE = new Preference(null);

    private final double[] values;

    private Preference(double[] values) {
        this.values = values;
    }

    /** {@return the preference that all tasks count the same} */
    public static Preference none() {
        return NONE;
    }

    /**
     * {@return a preference for some tasks over others}
     *
     * @param values one number a task, in the model's order; finite, not negative, not all 0
     * @throws IllegalArgumentException if they are not
     */
    public static Preference of(double... values) {
        double sum = 0;
        for (double value : values) {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("preference " + Arrays.toString(values) + ": an entry is " + value
                        + "; give finite numbers that are not negative");
            }
            sum += value;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException(
                    "preference " + Arrays.toString(values) + ": all entries are 0; let at least one task count");
        }
        return new Preference(values.clone());
    }

    /**
     * {@return the numbers of a step's tasks, {@code [K]}}
     *
     * @param step the step
     * @param each the number of every task when there is no preference
     * @throws IllegalArgumentException if the model has another number of tasks than the preference
     */
    public double[] of(TrainingStep step, double each) {
        double[] found = new double[step.tasks()];
        if (values == null) {
            Arrays.fill(found, each);
            return found;
        }
        requireSize("preference", values, step);
        for (int k = 0; k < found.length; k++) {
            found[k] = values[step.modelTask(k)];
        }
        return found;
    }

    static void requireSize(String what, double[] values, TrainingStep step) {
        if (values.length != step.modelTasks()) {
            throw new IllegalArgumentException(what + " " + Arrays.toString(values) + ": " + values.length
                    + " entries for " + step.modelTasks() + " tasks; give one for each task of the model");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preference preference && Arrays.equals(values, preference.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values == null ? "none" : Arrays.toString(values);
    }
}
