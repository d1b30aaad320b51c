package io.mtl4j.nn.data;

import io.mtl4j.nn.layer.Seed;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A data source whose features are standardised.
 *
 * @param source the source; its features have columns or channels second, as in {@link Standardizer}
 * @param standardizer fitted to the training part
 */
public record StandardizedSource(DataSource source, Standardizer standardizer) implements DerivedSource {

    private static final int BATCH = 1024;

    /** Checks that both are there. */
    public StandardizedSource {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(standardizer, "standardizer");
    }

    /**
     * {@return mean and deviation of each column or channel of a source}
     *
     * @param source the source, a training part; what it augments is seen augmented
     */
    public static Standardizer fit(DataSource source) {
        INDArray[] batches = IntStream.iterate(0, from -> from < source.size(), from -> from + BATCH)
                .mapToObj(from -> source.batch(
                                IntStream.range(from, Math.min(source.size(), from + BATCH))
                                        .toArray(),
                                new Seed(0).child(from).generator())
                        .features())
                .toArray(INDArray[]::new);
        return Standardizer.fit(Nd4j.concat(0, batches));
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        SourceBatch batch = source.batch(indices, random);
        return batch.withFeatures(standardizer.apply(batch.features()));
    }
}
