package io.mtl4j.nn.data;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The labels of all tasks of a data source: what a {@link DataSource} needs to keep besides its features.
 *
 * @param byTask labels by task
 */
public record TaskLabels(Map<String, Labels> byTask) {

    /** Copies the map, keeping its order. */
    public TaskLabels {
        byTask = Collections.unmodifiableMap(new LinkedHashMap<>(byTask));
    }

    /**
     * {@return these labels and those of one more task}
     *
     * @param task name of the task
     * @param labels its labels
     * @throws IllegalStateException if the task has labels already
     */
    public TaskLabels with(String task, Labels labels) {
        Map<String, Labels> more = new LinkedHashMap<>(byTask);
        if (more.put(Objects.requireNonNull(task, "task"), Objects.requireNonNull(labels, "labels")) != null) {
            throw new IllegalStateException("task \"" + task + "\" has labels already; give each task's labels once");
        }
        return new TaskLabels(more);
    }

    /** {@return the names of the tasks} */
    public Set<String> tasks() {
        return byTask.keySet();
    }

    /**
     * Checks that each task has one label for each example.
     *
     * @param examples number of examples
     * @throws IllegalArgumentException if a task has more or less labels
     */
    public void checkSize(int examples) {
        byTask.forEach((task, labels) -> {
            if (labels.size() != examples) {
                throw new IllegalArgumentException("task \"" + task + "\": " + labels.size() + " labels for " + examples
                        + " examples; give one label row for each example");
            }
        });
    }

    /**
     * {@return the labels of these examples}
     *
     * @param indices numbers of the examples
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public TaskLabels subset(int[] indices) {
        Map<String, Labels> subset = new LinkedHashMap<>();
        byTask.forEach((task, labels) -> subset.put(task, labels.subset(indices)));
        return new TaskLabels(subset);
    }

    /**
     * {@return a batch of these features with the labels that belong to it}
     *
     * @param features features of the batch
     * @param steps mask of its time steps, or null
     * @param indices numbers of its examples
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public SourceBatch batch(INDArray features, INDArray steps, int[] indices) {
        Map<String, INDArray> labels = new HashMap<>();
        Map<String, INDArray> masks = new HashMap<>();
        byTask.forEach((task, all) -> {
            labels.put(task, all.gather(indices));
            INDArray mask = all.gatherMask(indices);
            if (mask != null) {
                masks.put(task, mask);
            }
        });
        return new SourceBatch(features, steps, labels, masks);
    }
}
