package io.mtl4j.internal;

import java.util.SplittableRandom;

/** Streams of random numbers that are pure functions of what they are for. Not API. */
public final class RandomStreams {

    private RandomStreams() {}

    /**
     * {@return random numbers for one use}
     *
     * @param seed the user's seed
     * @param use what tells this use from all others
     */
    public static SplittableRandom of(long seed, long... use) {
        long mixed = mix(seed);
        for (long part : use) {
            mixed = mix(mixed ^ part);
        }
        return new SplittableRandom(mixed);
    }

    /** The finaliser of SplitMix64 after an odd step, so that 0 does not stay 0. */
    private static long mix(long z) {
        long a = z + 0x9E3779B97F4A7C15L;
        a = (a ^ (a >>> 30)) * 0xBF58476D1CE4E5B9L;
        a = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return a ^ (a >>> 31);
    }
}
