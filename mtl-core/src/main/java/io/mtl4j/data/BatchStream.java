package io.mtl4j.data;

import io.mtl4j.internal.Require;
import java.util.Arrays;

/** The endless row of batches of one source in one epoch: shuffle, go through, shuffle anew. */
final class BatchStream {

    private final int size;
    private final int batchSize;
    private final long seed;
    private final int epoch;
    private final int source;
    private int[] order = {};
    private int next;
    private int pass;

    BatchStream(int size, int batchSize, long seed, int epoch, int source) {
        this.size = size;
        this.batchSize = batchSize;
        this.seed = seed;
        this.epoch = epoch;
        this.source = source;
    }

    /** {@return the streams of all sources} */
    static BatchStream[] all(int[] sizes, int[] batchSizes, long seed, int epoch) {
        Require.atLeast("epoch", epoch, 0);
        BatchStream[] streams = new BatchStream[sizes.length];
        for (int s = 0; s < sizes.length; s++) {
            streams[s] = new BatchStream(sizes[s], batchSizes[s], seed, epoch, s);
        }
        return streams;
    }

    /** {@return the next batch; the last of each pass may be smaller} */
    int[] next() {
        if (next == order.length) {
            order = Shuffle.permutation(size, Shuffle.random(seed, epoch, source, pass++));
            next = 0;
        }
        int from = next;
        next = from + Math.min(batchSize, size - from);
        return Arrays.copyOfRange(order, from, next);
    }
}
