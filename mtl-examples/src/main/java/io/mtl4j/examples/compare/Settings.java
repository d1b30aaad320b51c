package io.mtl4j.examples.compare;

import io.mtl4j.schedule.LearningRate;

/**
 * What all methods of a comparison have in common.
 *
 * @param seeds number of seeds, at least 1: 1, 2, ...
 * @param epochs number of epochs, at least 1
 * @param batchSize examples in a step, at least 1
 * @param learningRate of Adam, above 0
 * @param cosine whether the learning rate falls to 0 along a cosine; else it stays
 * @param gradientsEvery conflict is measured in every so-many-th step, at least 2, which do not count for the time; 0 for
 *     never
 */
public record Settings(int seeds, int epochs, int batchSize, double learningRate, boolean cosine, int gradientsEvery) {

    /** Checks the ranges. */
    public Settings {
        if (seeds < 1 || epochs < 1 || batchSize < 1 || gradientsEvery < 0 || gradientsEvery == 1) {
            throw new IllegalArgumentException("seeds = " + seeds + ", epochs = " + epochs + ", batch size = "
                    + batchSize + ", gradients every " + gradientsEvery
                    + " steps; they must be at least 1, 1, 1 and 2, or 0 for none");
        }
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learning rate = " + learningRate + "; it must be above 0 and finite");
        }
    }

    /**
     * Settings with a learning rate that stays.
     *
     * @param seeds number of seeds, at least 1: 1, 2, ...
     * @param epochs number of epochs, at least 1
     * @param batchSize examples in a step, at least 1
     * @param learningRate of Adam, above 0
     * @param gradientsEvery conflict is measured in every so-many-th step, at least 2; 0 for never
     */
    public Settings(int seeds, int epochs, int batchSize, double learningRate, int gradientsEvery) {
        this(seeds, epochs, batchSize, learningRate, false, gradientsEvery);
    }

    /** How the learning rate moves. */
    LearningRate curve() {
        return cosine ? LearningRate.cosine(0) : LearningRate.constant();
    }

    /** What results depend on besides method and seed. */
    String fingerprint() {
        String common = "epochs " + epochs + ", batch size " + batchSize + ", Adam " + learningRate
                + (cosine ? " falling along a cosine" : "");
        return gradientsEvery == 0 ? common : common + ", gradients looked at every " + gradientsEvery + " steps";
    }
}
