package io.mtl4j.data;

import io.mtl4j.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** See {@link Samplings#limited}. */
final class LimitedSampling implements Sampling {

    /** Tells the long shuffles from those of the inner sampling, which have an epoch number here. */
    private static final long LONG_SHUFFLE = -1;

    private final Sampling inner;
    private final int[] caps;

    LimitedSampling(Sampling inner, int[] caps) {
        this.inner = Objects.requireNonNull(inner, "inner");
        this.caps = caps.clone();
        for (int s = 0; s < caps.length; s++) {
            if (caps[s] < 0) {
                throw new IllegalArgumentException(
                        "examplesPerEpoch of source " + s + " is " + caps[s] + "; give 0 for no cap, or at least 1");
            }
        }
    }

    @Override
    public int steps(int[] sizes, int[] batchSizes) {
        return inner.steps(capped(sizes, batchSizes), batchSizes);
    }

    @Override
    public List<int[][]> epoch(int[] sizes, int[] batchSizes, long seed, int epoch) {
        int[] capped = capped(sizes, batchSizes);
        Require.atLeast("epoch", epoch, 0);
        int[][] parts = new int[sizes.length][];
        for (int s = 0; s < sizes.length; s++) {
            parts[s] = capped[s] < sizes[s] ? part(sizes[s], capped[s], seed, epoch, s) : null;
        }
        List<int[][]> result = new ArrayList<>();
        for (int[][] step : inner.epoch(capped, batchSizes, seed, epoch)) {
            result.add(translate(step, parts));
        }
        return result;
    }

    private int[] capped(int[] sizes, int[] batchSizes) {
        Sources.check(sizes, batchSizes);
        if (caps.length != sizes.length) {
            throw new IllegalArgumentException(caps.length + " caps examplesPerEpoch for " + sizes.length
                    + " sources; give one for each, 0 for no cap");
        }
        int[] capped = sizes.clone();
        for (int s = 0; s < sizes.length; s++) {
            if (caps[s] > 0) {
                capped[s] = Math.min(sizes[s], caps[s]);
            }
        }
        return capped;
    }

    /** {@return the examples of an epoch: a stretch of a shuffle, closed to a ring, that lasts for several epochs} */
    private static int[] part(int size, int count, long seed, int epoch, int source) {
        int lasts = Sources.batches(size, count);
        int[] order = Shuffle.permutation(size, Shuffle.random(seed, LONG_SHUFFLE, source, epoch / lasts));
        long start = (long) (epoch % lasts) * count;
        int[] part = new int[count];
        for (int i = 0; i < count; i++) {
            part[i] = order[(int) ((start + i) % size)];
        }
        return part;
    }

    private static int[][] translate(int[][] step, int[][] parts) {
        int[][] translated = new int[step.length][];
        for (int s = 0; s < step.length; s++) {
            int[] part = parts[s];
            translated[s] = part == null
                    ? step[s]
                    : Arrays.stream(step[s]).map(i -> part[i]).toArray();
        }
        return translated;
    }
}
