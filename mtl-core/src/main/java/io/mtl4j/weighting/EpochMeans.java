package io.mtl4j.weighting;

import io.mtl4j.step.MethodState;

/** Mean losses of a task over the steps of an epoch in which it was present. */
final class EpochMeans {

    private final String prefix;
    private double[] sums = {};
    private double[] counts = {};

    /**
     * Starts without losses.
     *
     * @param prefix the beginning of the names of the arrays in the state
     */
    EpochMeans(String prefix) {
        this.prefix = prefix;
    }

    void add(Present present) {
        prepare(present);
        for (int j = 0; j < present.size(); j++) {
            sums[present.number(j)] += present.loss(j);
            counts[present.number(j)]++;
        }
    }

    /** Adds the losses of those tasks that have no mean yet. */
    void addMissing(Present present) {
        prepare(present);
        for (int j = 0; j < present.size(); j++) {
            int task = present.number(j);
            if (counts[task] == 0) {
                sums[task] = present.loss(j);
                counts[task] = 1;
            }
        }
    }

    private void prepare(Present present) {
        present.requireSameTasks(sums.length);
        if (sums.length == 0) {
            clear(present.tasks());
        }
    }

    /** {@return whether the task has a mean} */
    boolean has(int task) {
        return task < counts.length && counts[task] > 0;
    }

    /** {@return the task's mean} */
    double mean(int task) {
        return sums[task] / counts[task];
    }

    void clear(int tasks) {
        sums = new double[tasks];
        counts = new double[tasks];
    }

    MethodState save(MethodState state) {
        return state.with(prefix + "-sums", sums).with(prefix + "-counts", counts);
    }

    void restore(MethodState state) {
        sums = state.array(prefix + "-sums");
        counts = state.array(prefix + "-counts");
        if (sums.length != counts.length) {
            throw new IllegalArgumentException("state of method \"" + state.method() + "\": " + sums.length
                    + " sums and " + counts.length + " counts of losses; both must have one for each task");
        }
    }
}
