package io.mtl4j.nn.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A data source of which only the labels of some tasks are seen: what a model of these tasks trains on.
 *
 * @param source the source
 * @param tasks the tasks whose labels are seen, those that have some here; sorted
 */
public record TaskSelection(DataSource source, Set<String> tasks) implements DerivedSource {

    /** Leaves out tasks that the source has no labels of. */
    public TaskSelection {
        Objects.requireNonNull(source, "source");
        Set<String> here = new TreeSet<>(source.tasks());
        here.retainAll(tasks);
        tasks = Set.copyOf(here);
    }

    /**
     * {@return data with the labels of some tasks; sources without any of them are left out}
     *
     * @param data the data
     * @param tasks the names of the tasks
     * @throws IllegalArgumentException if no source has labels of any of them
     */
    public static MultiTaskData of(MultiTaskData data, Collection<String> tasks) {
        List<DataSource> some = data.sources().stream()
                .filter(source -> source.tasks().stream().anyMatch(tasks::contains))
                .map(source -> (DataSource) new TaskSelection(source, Set.copyOf(tasks)))
                .toList();
        if (some.isEmpty()) {
            throw new IllegalArgumentException(
                    "no data source has labels of the tasks " + tasks + "; there are labels of "
                            + data.sources().stream().map(DataSource::tasks).toList());
        }
        return new MultiTaskData(some);
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        SourceBatch batch = source.batch(indices, random);
        Map<String, INDArray> labels = new HashMap<>(batch.labels());
        Map<String, INDArray> masks = new HashMap<>(batch.labelMasks());
        labels.keySet().retainAll(tasks);
        masks.keySet().retainAll(tasks);
        return batch.withLabels(labels, masks);
    }
}
