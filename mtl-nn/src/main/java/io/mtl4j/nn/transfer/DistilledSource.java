package io.mtl4j.nn.transfer;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.DerivedSource;
import io.mtl4j.nn.data.SourceBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A source whose labels of some tasks are what a teacher says of each example as it is read, augmented or not. */
record DistilledSource(DataSource source, Distillation distillation, Set<String> taught) implements DerivedSource {

    @Override
    public Set<String> tasks() {
        Set<String> tasks = new TreeSet<>(source.tasks());
        tasks.addAll(taught);
        return tasks;
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        SourceBatch batch = source.batch(indices, random);
        Map<String, INDArray> labels = new HashMap<>(batch.labels());
        Map<String, INDArray> masks = new HashMap<>(batch.labelMasks());
        distillation.targets(input(), batch).forEach((task, targets) -> {
            labels.put(task, targets);
            masks.remove(task);
        });
        return batch.withLabels(labels, masks);
    }
}
