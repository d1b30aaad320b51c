package io.mtl4j.nn.data;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some examples of one input, with the labels of the tasks that read it.
 *
 * @param features examples, batch first
 * @param steps {@code [batch, time]}, 1 for real time steps and 0 for padding; null if all are real, or if there is no time
 * @param relations how the elements of each example relate, such as the adjacency of a graph's nodes {@code [batch, nodes,
 *     nodes]}; null if the input says nothing of it
 * @param labels labels by task, batch first; a task without any labels here is simply not in the map; NaN marks a missing
 *     label
 * @param labelMasks masks by task, 1 where there is a label; a task that is not in the map has all its labels
 */
public record SourceBatch(
        INDArray features,
        INDArray steps,
        INDArray relations,
        Map<String, INDArray> labels,
        Map<String, INDArray> labelMasks) {

    /** Copies the maps; the arrays are not copied. */
    public SourceBatch {
        Objects.requireNonNull(features, "features");
        labels = Map.copyOf(labels);
        labelMasks = Map.copyOf(labelMasks);
    }

    /**
     * Examples whose elements have no relations.
     *
     * @param features examples, batch first
     * @param steps mask of time steps, or null
     * @param labels labels by task, batch first
     * @param labelMasks masks by task
     */
    public SourceBatch(
            INDArray features, INDArray steps, Map<String, INDArray> labels, Map<String, INDArray> labelMasks) {
        this(features, steps, null, labels, labelMasks);
    }

    /**
     * {@return examples without labels}
     *
     * @param features examples, batch first
     * @param steps mask of time steps, or null
     */
    public static SourceBatch of(INDArray features, INDArray steps) {
        return new SourceBatch(features, steps, Map.of(), Map.of());
    }

    /** {@return the number of examples} */
    public int size() {
        return (int) features.size(0);
    }
}
