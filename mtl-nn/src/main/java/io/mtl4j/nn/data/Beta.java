package io.mtl4j.nn.data;

import java.util.random.RandomGenerator;

/** Random numbers from the symmetric beta distribution. */
final class Beta {

    private Beta() {}

    /** {@return a number from Beta(alpha, alpha), a ratio of two gamma numbers, whose logarithms cannot underflow} */
    static double sample(double alpha, RandomGenerator random) {
        double first = logGamma(alpha, random);
        double second = logGamma(alpha, random);
        return 1 / (1 + Math.exp(second - first));
    }

    /**
     * The logarithm of a number from Gamma(alpha, 1): G. Marsaglia and W. Tsang, "A Simple Method for Generating Gamma
     * Variables", 2000, for alpha + 1, brought down by a uniform number to the power 1 / alpha.
     */
    private static double logGamma(double alpha, RandomGenerator random) {
        double d = alpha + 1 - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double cube = Math.pow(1 + c * normal, 3);
            if (cube > 0) {
                double uniform = 1 - random.nextDouble();
                if (Math.log(uniform) < normal * normal / 2 + d - d * cube + d * Math.log(cube)) {
                    return Math.log(d * cube) + Math.log(1 - random.nextDouble()) / alpha;
                }
            }
        }
    }
}
