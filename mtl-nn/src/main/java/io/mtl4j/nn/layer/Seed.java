package io.mtl4j.nn.layer;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A source of independent streams of random numbers: every use has a child seed of its own, so that one use never shifts
 * another.
 *
 * @param value the seed
 */
public record Seed(long value) {

    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /**
     * {@return the seed of one use}
     *
     * @param use the number of the use
     */
    public Seed child(long use) {
        long z = value * 0x9E3779B97F4A7C15L + use + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L; // the finaliser of SplitMix64 (Steele et al., OOPSLA 2014)
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return new Seed(z ^ (z >>> 31));
    }

    /** {@return a generator that starts at this seed} */
    public RandomGenerator generator() {
        return FACTORY.create(value);
    }

    /** {@return a generator for ND4J's operations, apart from ND4J's global one, that starts at this seed} */
    public Random deviceGenerator() {
        return Nd4j.getRandomFactory().getNewRandomInstance(value);
    }
}
