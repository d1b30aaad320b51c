package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** One number a task of the model, read and written through a view of the present tasks. */
final class TaskNumbers {

    private final String name;
    private final IntToDoubleFunction first;
    private double[] values = new double[0];

    /** Makes numbers of a name in the state, that start at a value which depends on how many there are. */
    TaskNumbers(String name, IntToDoubleFunction first) {
        this.name = name;
        this.first = first;
    }

    /** The numbers of the step's tasks, a copy. */
    double[] of(TrainingStep step) {
        if (values.length == 0) {
            values = new double[step.modelTasks()];
            Arrays.fill(values, first.applyAsDouble(values.length));
        }
        if (values.length != step.modelTasks()) {
            throw new IllegalStateException("the method remembers " + values.length + " tasks, the step has "
                    + step.modelTasks() + "; use a new method for another model");
        }
        double[] found = new double[step.tasks()];
        Arrays.setAll(found, k -> values[step.modelTask(k)]);
        return found;
    }

    /** Changes the numbers of the step's tasks; {@link #of} comes first. */
    void set(TrainingStep step, double[] changed) {
        for (int k = 0; k < changed.length; k++) {
            values[step.modelTask(k)] = changed[k];
        }
    }

    /** The numbers of the step's tasks as shares that add up to 1; equal ones where all are 0. */
    double[] shares(TrainingStep step) {
        double[] found = of(step);
        double sum = Matrices.sum(found);
        Arrays.setAll(found, k -> sum > 0 ? found[k] / sum : 1.0 / found.length);
        return found;
    }

    /** Changes the shares of the step's tasks among themselves; what they have together stays as it was. */
    void setShares(TrainingStep step, double[] shares) {
        set(step, Matrices.scale(Matrices.sum(of(step)), shares));
    }

    MethodState into(MethodState state) {
        return state.with(name, values);
    }

    void restore(MethodState state) {
        values = state.array(name);
    }
}
