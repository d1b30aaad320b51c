package io.mtl4j.nn.encoder;

import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lets this thread's generator, from which DL4J's layers draw and which they do not let be exchanged, start at a seed, and
 * puts it back on {@link #close} to where the application left it.
 */
final class ThreadRandom implements AutoCloseable {

    private final Random generator = Nd4j.getRandomFactory().getRandom();
    private final long root = generator.rootState();
    private final long node = generator.nodeState();

    ThreadRandom(long seed) {
        generator.setSeed(seed);
    }

    @Override
    public void close() {
        generator.setStates(root, node);
    }
}
