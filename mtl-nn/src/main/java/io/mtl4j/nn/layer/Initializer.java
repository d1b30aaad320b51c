package io.mtl4j.nn.layer;

import java.util.random.RandomGenerator;

/** How a parameter starts. */
public enum Initializer {
    /** All 0. */
    ZEROS,
    /** All 1. */
    ONES,
    /** Uniform in {@code ±sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio, AISTATS 2010). */
    GLOROT_UNIFORM,
    /** Normal with variance {@code 2 / (fanIn + fanOut)} (Glorot and Bengio, AISTATS 2010). */
    GLOROT_NORMAL,
    /** Uniform in {@code ±sqrt(6 / fanIn)} (He et al., ICCV 2015). */
    HE_UNIFORM,
    /** Normal with variance {@code 2 / fanIn} (He et al., ICCV 2015). */
    HE_NORMAL,
    /** Uniform in {@code ±1 / sqrt(fanIn)}, the usual start of recurrent and attention weights. */
    FAN_IN_UNIFORM,
    /** Normal with standard deviation 0.02, as in BERT. */
    NORMAL_002,
    /** Normal with standard deviation 1, as for embeddings. */
    STANDARD_NORMAL;

    /**
     * {@return one starting value}
     *
     * @param random source of randomness
     * @param fanIn number of inputs of a unit
     * @param fanOut number of units that an input reaches
     */
    public double draw(RandomGenerator random, long fanIn, long fanOut) {
        return switch (this) {
            case ZEROS -> 0;
            case ONES -> 1;
            case GLOROT_UNIFORM -> uniform(random, Math.sqrt(6.0 / (fanIn + fanOut)));
            case GLOROT_NORMAL -> random.nextGaussian() * Math.sqrt(2.0 / (fanIn + fanOut));
            case HE_UNIFORM -> uniform(random, Math.sqrt(6.0 / fanIn));
            case HE_NORMAL -> random.nextGaussian() * Math.sqrt(2.0 / fanIn);
            case FAN_IN_UNIFORM -> uniform(random, 1 / Math.sqrt(fanIn));
            case NORMAL_002 -> random.nextGaussian() * 0.02;
            case STANDARD_NORMAL -> random.nextGaussian();
        };
    }

    private static double uniform(RandomGenerator random, double bound) {
        return (2 * random.nextDouble() - 1) * bound;
    }
}
