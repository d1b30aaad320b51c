package io.mtl4j.examples.benchmark;

import io.mtl4j.data.Sampling;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first batch of one source, over and over.
 *
 * @param stepCount number of steps of an epoch
 */
record SameBatch(int stepCount) implements Sampling {

    @Override
    public int steps(int[] sizes, int[] batchSizes) {
        return stepCount;
    }

    @Override
    public List<int[][]> epoch(int[] sizes, int[] batchSizes, long seed, int epoch) {
        int[] first = IntStream.range(0, Math.min(sizes[0], batchSizes[0])).toArray();
        return Collections.nCopies(stepCount, new int[][] {first});
    }
}
