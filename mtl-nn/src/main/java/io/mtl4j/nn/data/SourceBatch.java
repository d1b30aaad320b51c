package io.mtl4j.nn.data;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
        Map<String, INDArray> labelMasks)
        implements Serializable {

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

    /**
     * {@return these examples with other features}
     *
     * @param others as many, batch first
     */
    public SourceBatch withFeatures(INDArray others) {
        return new SourceBatch(others, steps, relations, labels, labelMasks);
    }

    /**
     * {@return these examples with other labels, in place of all that they have}
     *
     * @param others labels by task, batch first
     * @param masks masks by task
     */
    public SourceBatch withLabels(Map<String, INDArray> others, Map<String, INDArray> masks) {
        return new SourceBatch(features, steps, relations, others, masks);
    }

    /**
     * {@return several batches of one input as one} A task's labels are NaN where a batch has none, and where its mask says so;
     * class numbers become rows of probabilities if another batch has these. Sequences are filled up to the longest.
     *
     * @param parts the batches, at least one; the result has their examples in this order
     * @throws IllegalArgumentException if there is none, or their arrays are not of one kind
     */
    public static SourceBatch join(List<SourceBatch> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("joined batches: none given; give at least one");
        }
        return new BatchJoin(List.copyOf(parts)).join();
    }

    /**
     * {@return some of the examples, as copies}
     *
     * @param indices their numbers in this batch, in any order, also repeated
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public SourceBatch select(int... indices) {
        for (int index : indices) {
            Objects.checkIndex(index, size());
        }
        return new SourceBatch(
                rows(features, indices),
                steps == null ? null : rows(steps, indices),
                relations == null ? null : rows(relations, indices),
                rows(labels, indices),
                rows(labelMasks, indices));
    }

    private static Map<String, INDArray> rows(Map<String, INDArray> arrays, int... indices) {
        return arrays.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> rows(entry.getValue(), indices)));
    }

    private static INDArray rows(INDArray array, int... indices) {
        long[] shape = array.shape().clone();
        INDArray matrix = array.reshape('c', shape[0], array.length() / shape[0]);
        shape[0] = indices.length;
        return Nd4j.pullRows(matrix, 1, indices, 'c').reshape('c', shape);
    }

    /** {@return the number of examples} */
    public int size() {
        return (int) features.size(0);
    }
}
