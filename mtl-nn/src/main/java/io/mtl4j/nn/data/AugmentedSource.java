package io.mtl4j.nn.data;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A data source whose batches are changed as a whole: {@code new AugmentedSource(photographs, Mixup.of(0.2).classes("object",
 * 10))}.
 *
 * @param source the source
 * @param augmentation what is done to each of its batches
 */
public record AugmentedSource(DataSource source, BatchAugmentation augmentation) implements DerivedSource {

    /** Checks that both are there. */
    public AugmentedSource {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(augmentation, "augmentation");
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        return augmentation.apply(source.batch(indices, random), random);
    }
}
