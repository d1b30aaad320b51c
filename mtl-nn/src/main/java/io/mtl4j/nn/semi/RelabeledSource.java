package io.mtl4j.nn.semi;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.TaskLabels;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A data source with other labels of some tasks: the examples, and all other labels, stay as they are. */
public final class RelabeledSource implements DataSource {

    private final DataSource source;
    private final TaskLabels labels;

    /**
     * Gives a source other labels.
     *
     * @param source the source
     * @param labels by task, one for each example; the task may be new to the source
     * @throws IllegalArgumentException if a task has more or less labels than the source has examples
     */
    public RelabeledSource(DataSource source, Map<String, Labels> labels) {
        this.source = Objects.requireNonNull(source, "source");
        this.labels = new TaskLabels(labels);
        this.labels.checkSize(source.size());
    }

    @Override
    public String input() {
        return source.input();
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Set<String> tasks() {
        Set<String> tasks = new TreeSet<>(source.tasks());
        tasks.addAll(labels.tasks());
        return tasks;
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        SourceBatch batch = source.batch(indices, random);
        Map<String, INDArray> all = new HashMap<>(batch.labels());
        Map<String, INDArray> masks = new HashMap<>(batch.labelMasks());
        SourceBatch others = labels.batch(batch.features(), batch.steps(), indices);
        labels.tasks().forEach(masks::remove);
        all.putAll(others.labels());
        masks.putAll(others.labelMasks());
        return batch.withLabels(all, masks);
    }
}
