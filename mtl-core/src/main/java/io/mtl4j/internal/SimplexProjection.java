package io.mtl4j.internal;

import java.util.Arrays;

/**
 * The Euclidean projection onto the simplex {@code {w ≥ 0, Σ w = 1}}: Held, Wolfe and Crowder (1974), by sorting.
 */
public final class SimplexProjection {

    private SimplexProjection() {}

    /**
     * {@return the point of the simplex nearest to v, {@code [n]}}
     *
     * @param v any point, {@code [n]}, {@code n ≥ 1}
     */
    public static double[] project(double[] v) {
        double[] sorted = v.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double threshold = 0;
        for (int count = 1; count <= sorted.length; count++) {
            double next = sorted[sorted.length - count];
            sum += next;
            double candidate = (sum - 1) / count;
            if (next <= candidate) {
                break;
            }
            threshold = candidate;
        }
        double[] projected = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            projected[i] = Math.max(0, v[i] - threshold);
        }
        return projected;
    }
}
