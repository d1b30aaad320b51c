package io.mtl4j.weighting;

import java.util.Arrays;

/** The softmax of a few numbers, without overflow. */
final class Softmax {

    private Softmax() {}

    /** {@return {@code exp(x_k) / Σ exp(x_j)}; for no numbers, none} */
    static double[] of(double[] x) {
        double max = Arrays.stream(x).max().orElse(0);
        double[] result = Arrays.stream(x).map(value -> Math.exp(value - max)).toArray();
        double sum = Arrays.stream(result).sum();
        for (int k = 0; k < result.length; k++) {
            result[k] /= sum;
        }
        return result;
    }
}
