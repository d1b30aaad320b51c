package io.mtl4j.data;

import io.mtl4j.internal.RandomStreams;
import java.util.SplittableRandom;

/** Shuffles that are pure functions of what they are for. */
final class Shuffle {

    private Shuffle() {}

    /**
     * {@return random numbers for one use}
     *
     * @param seed the user's seed
     * @param use what tells this use from all others
     */
    static SplittableRandom random(long seed, long... use) {
        return RandomStreams.of(seed, use);
    }

    /** {@return a permutation of 0 .. size - 1, all being equally likely} */
    static int[] permutation(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
