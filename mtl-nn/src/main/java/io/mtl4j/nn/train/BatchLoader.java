package io.mtl4j.nn.train;

import io.mtl4j.data.Sampling;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Seed;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Gathers the batches of an epoch on a thread of its own, a few steps ahead of the training. What a batch holds is a
 * function of the seed, the epoch and the step, so the thread's timing changes nothing.
 */
final class BatchLoader implements AutoCloseable {

    private static final int AHEAD = 3;

    private final MultiTaskData data;
    private final Sampling sampling;
    private final int[] sizes;
    private final int[] batchSizes;
    private final Seed seed;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread loader = new Thread(task, "mtl4j-batch-loader");
        loader.setDaemon(true);
        return loader;
    });

    BatchLoader(MultiTaskData data, Sampling sampling, int[] batchSizes, Seed seed) {
        this.data = data;
        this.sampling = sampling;
        this.sizes = data.sources().stream().mapToInt(DataSource::size).toArray();
        this.batchSizes = batchSizes.clone();
        this.seed = seed;
    }

    int stepsPerEpoch() {
        return sampling.steps(sizes, batchSizes);
    }

    /** The number of examples drawn in an epoch. */
    long examples(int epoch) {
        return sampling.epoch(sizes, batchSizes, seed.value(), epoch).stream()
                .flatMap(Arrays::stream)
                .mapToLong(indices -> indices.length)
                .sum();
    }

    /** The batches of an epoch from a given step on. */
    Epoch epoch(int epoch, int fromStep) {
        return new Epoch(sampling.epoch(sizes, batchSizes, seed.value(), epoch), seed.child(epoch), fromStep);
    }

    /** A batch drawn at random from all examples, independent of the epoch's order. */
    MultiTaskBatch draw(Seed use) {
        int[][] indices = new int[sizes.length][];
        RandomGenerator random = use.generator();
        for (int s = 0; s < sizes.length; s++) {
            int size = sizes[s];
            indices[s] = random.ints(Math.min(batchSizes[s], size), 0, size).toArray();
        }
        return gather(indices, use.child(1));
    }

    private MultiTaskBatch gather(int[][] indices, Seed use) {
        Map<String, SourceBatch> batches = new HashMap<>();
        for (int s = 0; s < indices.length; s++) {
            if (indices[s].length > 0) {
                DataSource source = data.sources().get(s);
                batches.put(
                        source.input(), source.batch(indices[s], use.child(s).generator()));
            }
        }
        return new MultiTaskBatch(batches);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** The batches of one epoch, in order. */
    final class Epoch {
        private final List<int[][]> steps;
        private final Seed epochSeed;
        private final Deque<Future<MultiTaskBatch>> ready = new ArrayDeque<>();
        private int requested;

        private Epoch(List<int[][]> steps, Seed epochSeed, int fromStep) {
            this.steps = steps;
            this.epochSeed = epochSeed;
            this.requested = fromStep;
        }

        int steps() {
            return steps.size();
        }

        MultiTaskBatch next() throws InterruptedException {
            while (ready.size() < AHEAD && requested < steps.size()) {
                int step = requested++;
                ready.add(thread.submit(() -> gather(steps.get(step), epochSeed.child(step))));
            }
            try {
                return ready.remove().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("gathering a batch failed", e.getCause());
            }
        }
    }
}
