package io.mtl4j.nn.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
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
        List<INDArray> batches = new ArrayList<>();
        source.inOrder(BATCH).forEach(batch -> batches.add(batch.features()));
        return Standardizer.fit(Nd4j.concat(0, batches.toArray(INDArray[]::new)));
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        SourceBatch batch = source.batch(indices, random);
        return batch.withFeatures(standardizer.apply(batch.features()));
    }
}
