package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.model.InputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * All examples of a cluster, numbered through: of each input, first those of the first partition, then those of the second,
 * and so on. A batch of references has the examples' numbers where other batches have features.
 */
final class References {

    private final List<InputSpec> inputs;
    private final List<Contents> partitions;
    private final int[][] starts;

    /**
     * Numbers the examples.
     *
     * @throws IllegalArgumentException if there are none, or more than an int can count
     */
    References(List<InputSpec> inputs, List<Contents> partitions) {
        this.inputs = inputs;
        this.partitions = partitions;
        this.starts = new int[inputs.size()][partitions.size() + 1];
        for (int i = 0; i < inputs.size(); i++) {
            for (int p = 0; p < partitions.size(); p++) {
                long end = (long) starts[i][p] + partitions.get(p).sizes()[i];
                if (end > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException(
                            "input \"" + inputs.get(i).name() + "\" has more than " + Integer.MAX_VALUE
                                    + " examples; train on a sample of them");
                }
                starts[i][p + 1] = (int) end;
            }
        }
        if (Arrays.stream(starts).allMatch(start -> start[partitions.size()] == 0)) {
            throw new IllegalArgumentException(
                    "the RDD to train on has no examples; check what it is made of, or the filters on the way");
        }
    }

    /** {@return data whose batches are references} */
    MultiTaskData data() {
        List<DataSource> sources = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (size(i) > 0) {
                sources.add(new Source(inputs.get(i).name(), size(i), tasks(i)));
            }
        }
        return new MultiTaskData(sources);
    }

    private int size(int input) {
        return starts[input][partitions.size()];
    }

    private Set<String> tasks(int input) {
        Set<String> tasks = new TreeSet<>();
        partitions.forEach(partition -> tasks.addAll(partition.tasks().get(input)));
        return tasks;
    }

    /**
     * {@return for each partition and input, the numbers that the examples have there}
     *
     * @param batch references
     */
    int[][][] byPartition(MultiTaskBatch batch) {
        int[][][] parts = new int[partitions.size()][inputs.size()][];
        for (int i = 0; i < inputs.size(); i++) {
            SourceBatch source = batch.sources().get(inputs.get(i).name());
            int[] numbers = source == null ? new int[0] : source.features().toIntVector();
            for (int p = 0; p < parts.length; p++) {
                int from = starts[i][p];
                int to = starts[i][p + 1];
                parts[p][i] = Arrays.stream(numbers)
                        .filter(number -> number >= from && number < to)
                        .map(number -> number - from)
                        .toArray();
            }
        }
        return parts;
    }

    private record Source(String input, int size, Set<String> tasks) implements DataSource {
        @Override
        public SourceBatch batch(int[] indices, RandomGenerator random) {
            return SourceBatch.of(Nd4j.createFromArray(indices), null);
        }
    }
}
