package io.mtl4j.nn.data;

import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Some of the examples of a data source, in any order, also repeated: a subset, or a bootstrap sample. */
public final class SelectedSource implements DataSource {

    private final DataSource source;
    private final int[] chosen;

    /**
     * Selects examples.
     *
     * @param source where they are
     * @param indices their numbers there
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public SelectedSource(DataSource source, int... indices) {
        this.source = Objects.requireNonNull(source, "source");
        this.chosen = indices.clone();
        for (int index : chosen) {
            Objects.checkIndex(index, source.size());
        }
    }

    @Override
    public String input() {
        return source.input();
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public Set<String> tasks() {
        return source.tasks();
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        int[] there = new int[indices.length];
        for (int i = 0; i < there.length; i++) {
            there[i] = chosen[indices[i]];
        }
        return source.batch(there, random);
    }
}
