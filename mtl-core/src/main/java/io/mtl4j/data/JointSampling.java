package io.mtl4j.data;

import java.util.ArrayList;
import java.util.List;

/** See {@link Samplings#longest()} and {@link Samplings#shortest()}. */
record JointSampling(boolean longest) implements Sampling {

    @Override
    public int steps(int[] sizes, int[] batchSizes) {
        Sources.check(sizes, batchSizes);
        int steps = Sources.batches(sizes[0], batchSizes[0]);
        for (int s = 1; s < sizes.length; s++) {
            int batches = Sources.batches(sizes[s], batchSizes[s]);
            steps = longest ? Math.max(steps, batches) : Math.min(steps, batches);
        }
        return steps;
    }

    @Override
    public List<int[][]> epoch(int[] sizes, int[] batchSizes, long seed, int epoch) {
        int steps = steps(sizes, batchSizes);
        BatchStream[] streams = BatchStream.all(sizes, batchSizes, seed, epoch);
        List<int[][]> result = new ArrayList<>(steps);
        for (int i = 0; i < steps; i++) {
            int[][] step = new int[sizes.length][];
            for (int s = 0; s < sizes.length; s++) {
                step[s] = streams[s].next();
            }
            result.add(step);
        }
        return result;
    }
}
