package io.mtl4j.aggregation;

import io.mtl4j.step.MethodState;
import java.util.Arrays;

/** One vector a task of the model, zero until it is first used: what methods remember of whole gradients. */
final class TaskRows {

    private final String name;
    private double[][] rows = new double[0][];

    /** Makes empty rows that call themselves by a name in the state. */
    TaskRows(String name) {
        this.name = name;
    }

    /** The vector of a task, to be changed in place. */
    double[] row(int task, int tasks, int columns) {
        if (rows.length == 0) {
            rows = new double[tasks][0];
        }
        if (rows[task].length == 0) {
            rows[task] = new double[columns];
        }
        if (rows[task].length != columns || rows.length != tasks) {
            throw new IllegalStateException("the method remembers " + rows.length + " gradients of " + rows[task].length
                    + " numbers, the step has " + tasks + " of " + columns + "; use a new method for another model");
        }
        return rows[task];
    }

    MethodState into(MethodState state) {
        MethodState more = state.with(name + ".count", rows.length);
        for (int k = 0; k < rows.length; k++) {
            more = more.with(name + "." + k, rows[k]);
        }
        return more;
    }

    void restore(MethodState state) {
        double[][] restored = new double[(int) state.number(name + ".count")][];
        Arrays.setAll(restored, k -> state.array(name + "." + k));
        rows = restored;
    }
}
