package io.mtl4j.data;

import java.util.List;

/**
 * The order in which the batches of S sources (data sets, numbered from 0) make up an epoch; see {@link Samplings} for
 * ready ones.
 *
 * <p>Contract: both methods are pure functions; {@code epoch(...)} has {@code steps(...)} elements with S arrays each;
 * the indices of source s are in {@code 0 .. sizes[s] - 1}, without repetition within a batch, at most {@code
 * batchSizes[s]} of them; in every step at least one source has a batch.
 */
public interface Sampling {

    /**
     * {@return the number of steps in an epoch}
     *
     * @param sizes number of examples of each source, {@code [S]}, at least 1
     * @param batchSizes batch size of each source, {@code [S]}, at least 1
     * @throws IllegalArgumentException if the arrays differ in length, or a number is below 1
     */
    int steps(int[] sizes, int[] batchSizes);

    /**
     * The batches of an epoch.
     *
     * @param sizes number of examples of each source, {@code [S]}, at least 1
     * @param batchSizes batch size of each source, {@code [S]}, at least 1
     * @param seed the seed of the shuffling
     * @param epoch the epoch, from 0
     * @return for each step, by source, the indices of the batch's examples; empty when the source sits the step out
     * @throws IllegalArgumentException if the arrays differ in length, or a number is out of its range
     */
    List<int[][]> epoch(int[] sizes, int[] batchSizes, long seed, int epoch);
}
