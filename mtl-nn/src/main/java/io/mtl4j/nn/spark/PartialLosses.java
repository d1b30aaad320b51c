package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The losses of one partition's part of a batch, as sums, so that they can be added up.
 *
 * @param examples number of examples of each input
 * @param sums sums of losses over labels, {@code [K]}
 * @param labels numbers of labels, {@code [K]}
 * @param buffers running statistics of each input; empty if there are no examples
 */
record PartialLosses(int[] examples, double[] sums, long[] labels, List<Numbers> buffers) implements Serializable {

    /** What a partition answers that has no example of the batch. */
    static PartialLosses none(MultiTaskModel model) {
        int tasks = model.tasks().size();
        return new PartialLosses(new int[model.inputs().size()], new double[tasks], new long[tasks], List.of());
    }

    static PartialLosses of(MultiTaskModel model, BatchPass pass, int[] examples) {
        int tasks = model.tasks().size();
        return new PartialLosses(
                examples,
                IntStream.range(0, tasks)
                        .mapToDouble(k -> pass.present(k) ? pass.labels(k) * pass.loss(k) : 0)
                        .toArray(),
                IntStream.range(0, tasks).mapToLong(pass::labels).toArray(),
                ModelNumbers.buffersOf(model.network().store()));
    }

    /** {@return the number of examples of all inputs} */
    int size() {
        return Arrays.stream(examples).sum();
    }

    double[] counts() {
        return Arrays.stream(labels).asDoubleStream().toArray();
    }
}
