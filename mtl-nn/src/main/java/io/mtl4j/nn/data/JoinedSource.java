package io.mtl4j.nn.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Several data sources of one input as one, with the examples of the first, then those of the second, and so on. A source
 * need not have labels of all tasks: where one has none, they are missing.
 */
public final class JoinedSource implements DataSource {

    private final List<DataSource> sources;

    /**
     * Joins sources.
     *
     * @param sources at least one, all of one input
     * @throws IllegalArgumentException if there is none, or they are of several inputs
     */
    public JoinedSource(List<DataSource> sources) {
        this.sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("joined source: no sources; give at least one");
        }
        List<String> inputs = sources.stream().map(DataSource::input).distinct().toList();
        if (inputs.size() > 1) {
            throw new IllegalArgumentException("joined source: sources of the inputs " + inputs
                    + "; join those of one input, and give the others side by side to MultiTaskData");
        }
    }

    /**
     * {@return several sources as one}
     *
     * @param sources at least one, all of one input
     */
    public static JoinedSource of(DataSource... sources) {
        return new JoinedSource(List.of(sources));
    }

    @Override
    public String input() {
        return sources.get(0).input();
    }

    @Override
    public int size() {
        return sources.stream().mapToInt(DataSource::size).reduce(0, Math::addExact);
    }

    @Override
    public Set<String> tasks() {
        Set<String> tasks = new TreeSet<>();
        sources.forEach(source -> tasks.addAll(source.tasks()));
        return tasks;
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        List<SourceBatch> parts = new ArrayList<>();
        int[] places = new int[indices.length];
        int begin = 0;
        int filled = 0;
        for (DataSource source : sources) {
            List<Integer> there = new ArrayList<>();
            for (int i = 0; i < indices.length; i++) {
                if (indices[i] >= begin && indices[i] < begin + source.size()) {
                    there.add(indices[i] - begin);
                    places[i] = filled++;
                }
            }
            if (!there.isEmpty()) {
                parts.add(source.batch(there.stream().mapToInt(i -> i).toArray(), random));
            }
            begin += source.size();
        }
        requireAll(indices, filled);
        return parts.size() == 1 ? parts.get(0) : SourceBatch.join(parts).select(places);
    }

    private void requireAll(int[] indices, int found) {
        if (found < indices.length) {
            for (int index : indices) {
                Objects.checkIndex(index, size());
            }
        }
    }
}
