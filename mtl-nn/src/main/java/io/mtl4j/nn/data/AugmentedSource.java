package io.mtl4j.nn.data;

import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A data source whose batches are changed as a whole: {@code new AugmentedSource(photographs, Mixup.of(0.2).classes("object",
 * 10))}.
 *
 * @param source the source
 * @param augmentation what is done to each of its batches
 */
public record AugmentedSource(DataSource source, BatchAugmentation augmentation) implements DataSource {

    /** Checks that both are there. */
    public AugmentedSource {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(augmentation, "augmentation");
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
        return source.tasks();
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        return augmentation.apply(source.batch(indices, random), random);
    }
}
