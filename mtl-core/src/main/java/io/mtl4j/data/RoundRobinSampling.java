package io.mtl4j.data;

import java.util.ArrayList;
import java.util.List;

/** See {@link Samplings#roundRobin()}. */
record RoundRobinSampling() implements Sampling {

    @Override
    public int steps(int[] sizes, int[] batchSizes) {
        Sources.check(sizes, batchSizes);
        return Sources.totalBatches(sizes, batchSizes);
    }

    @Override
    public List<int[][]> epoch(int[] sizes, int[] batchSizes, long seed, int epoch) {
        int steps = steps(sizes, batchSizes);
        BatchStream[] streams = BatchStream.all(sizes, batchSizes, seed, epoch);
        List<int[][]> result = new ArrayList<>(steps);
        for (int round = 0; result.size() < steps; round++) {
            for (int s = 0; s < sizes.length; s++) {
                if (round < Sources.batches(sizes[s], batchSizes[s])) {
                    result.add(Sources.alone(sizes.length, s, streams[s].next()));
                }
            }
        }
        return result;
    }
}
