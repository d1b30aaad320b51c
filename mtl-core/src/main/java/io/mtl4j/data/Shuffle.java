package io.mtl4j.data;

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
        long mixed = mix(seed);
        for (long part : use) {
            mixed = mix(mixed ^ part);
        }
        return new SplittableRandom(mixed);
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

    /** The finaliser of SplitMix64 after an odd step, so that 0 does not stay 0. */
    private static long mix(long z) {
        long a = z + 0x9E3779B97F4A7C15L;
        a = (a ^ (a >>> 30)) * 0xBF58476D1CE4E5B9L;
        a = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return a ^ (a >>> 31);
    }
}
