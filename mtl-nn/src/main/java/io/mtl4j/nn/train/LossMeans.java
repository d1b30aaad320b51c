package io.mtl4j.nn.train;

import io.mtl4j.step.MethodState;
import io.mtl4j.task.TaskSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Means of the tasks' losses over the steps of an epoch in which they were present. */
final class LossMeans {

    private final TaskSet tasks;
    private final double[] sums;
    private final double[] counts;

    LossMeans(TaskSet tasks) {
        this.tasks = tasks;
        this.sums = new double[tasks.size()];
        this.counts = new double[tasks.size()];
    }

    void add(double[] losses) {
        for (int k = 0; k < losses.length; k++) {
            if (!Double.isNaN(losses[k])) {
                sums[k] += losses[k];
                counts[k]++;
            }
        }
    }

    Map<String, Double> byTask() {
        Map<String, Double> means = new LinkedHashMap<>();
        for (int k = 0; k < sums.length; k++) {
            if (counts[k] > 0) {
                means.put(tasks.get(k).name(), sums[k] / counts[k]);
            }
        }
        return means;
    }

    MethodState save(MethodState state) {
        return state.with("loss-sums", sums).with("loss-counts", counts);
    }

    void restore(MethodState state) {
        System.arraycopy(state.array("loss-sums"), 0, sums, 0, sums.length);
        System.arraycopy(state.array("loss-counts"), 0, counts, 0, counts.length);
    }
}
