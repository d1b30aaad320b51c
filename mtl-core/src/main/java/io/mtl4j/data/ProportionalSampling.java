package io.mtl4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** See {@link Samplings#proportional(double)}. */
record ProportionalSampling(double temperature) implements Sampling {

    /** Tells the draws of sources from the shuffles, which use source numbers here. */
    private static final long DRAWS = -1;

    ProportionalSampling {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("temperature = " + temperature + "; it must be above 0");
        }
    }

    @Override
    public int steps(int[] sizes, int[] batchSizes) {
        Sources.check(sizes, batchSizes);
        return Sources.totalBatches(sizes, batchSizes);
    }

    @Override
    public List<int[][]> epoch(int[] sizes, int[] batchSizes, long seed, int epoch) {
        int steps = steps(sizes, batchSizes);
        double[] cumulated = cumulatedProbabilities(sizes);
        SplittableRandom random = Shuffle.random(seed, epoch, DRAWS);
        BatchStream[] streams = BatchStream.all(sizes, batchSizes, seed, epoch);
        List<int[][]> result = new ArrayList<>(steps);
        for (int i = 0; i < steps; i++) {
            int source = draw(cumulated, random.nextDouble());
            result.add(Sources.alone(sizes.length, source, streams[source].next()));
        }
        return result;
    }

    private double[] cumulatedProbabilities(int[] sizes) {
        double largest = 1;
        for (int size : sizes) {
            largest = Math.max(largest, size);
        }
        double[] cumulated = new double[sizes.length];
        double sum = 0;
        for (int s = 0; s < sizes.length; s++) {
            // Relative to the largest, so that small temperatures do not overflow.
            sum += Math.pow(sizes[s] / largest, 1 / temperature);
            cumulated[s] = sum;
        }
        for (int s = 0; s < sizes.length; s++) {
            cumulated[s] /= sum;
        }
        return cumulated;
    }

    private static int draw(double[] cumulated, double uniform) {
        int source = 0;
        while (source < cumulated.length - 1 && uniform >= cumulated[source]) {
            source++;
        }
        return source;
    }
}
