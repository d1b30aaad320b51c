package io.mtl4j.examples.benchmark;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.DerivedSource;
import io.mtl4j.nn.data.SourceBatch;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A data source whose examples are gathered once and handed out ever after: steps are measured, not copying. */
final class FixedBatch implements DerivedSource {

    private final DataSource source;
    private final SourceBatch whole;

    FixedBatch(DataSource source) {
        this.source = source;
        this.whole = source.batch(IntStream.range(0, source.size()).toArray(), new SplittableRandom(0));
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        if (indices.length != size()) {
            throw new IllegalArgumentException("fixed batch: " + indices.length + " examples asked for, it has "
                    + size() + "; set the batch size to the number of its examples");
        }
        return whole;
    }
}
