package io.mtl4j.internal;

import java.util.Arrays;

/**
 * Solves the dual problem of CAGrad, {@code min <g_w, g_0> + c |g_0| |g_w|} over w on the simplex, with {@code g_0} the
 * mean.
 *
 * <p>For a given {@code s = |g_w| / (c |g_0|)} the optimality conditions are those of {@code min ½|g_w|² + s <g_w,
 * g_0>}, which is the min-norm point of the vectors {@code g_k + s g_0}. The s that reproduces itself is unique, since
 * {@code |g_w(s)| / s} falls with s, and is found by bracketing (regula falsi, Illinois).
 */
public final class ConflictAverse {

    /** {@code |g_w|} is 0 when it is this part of {@code Σ w_k |g_k|}; rounding in the Gramian alone makes 1e-8. */
    private static final double STATIONARY = 1e-6;

    private static final int STEPS = 200;

    private final double[][] gramian;
    private final double[] products;
    private final double square;
    private final double radius;

    private ConflictAverse(double[][] gramian, double c) {
        int n = gramian.length;
        double[] equal = new double[n];
        Arrays.fill(equal, 1.0 / n);
        this.gramian = gramian;
        this.products = Matrices.times(gramian, equal);
        this.square = Matrices.dot(equal, products);
        this.radius = c * Math.sqrt(Math.max(0, square));
    }

    /**
     * Finds what CAGrad adds to the mean gradient.
     *
     * @param gramian G, {@code [K][K]}
     * @param c the radius in units of {@code |g_0|}, at least 0
     * @param smallest a {@code |g_w|} below this counts as 0
     * @return the weights of {@code c |g_0| g_w / |g_w|}, {@code [K]}, or an empty array where {@code g_w = 0}
     */
    public static double[] pull(double[][] gramian, double c, double smallest) {
        if (c == 0) {
            return new double[gramian.length];
        }
        ConflictAverse problem = new ConflictAverse(gramian, c);
        if (!(problem.radius > 0)) {
            return new double[0];
        }
        double s = problem.findScale();
        double[] w = problem.weights(s);
        double length = Matrices.norm(gramian, w);
        double apart = 0;
        for (int k = 0; k < w.length; k++) {
            apart += w[k] * Math.sqrt(gramian[k][k]);
        }
        boolean vanishes = length <= Math.max(STATIONARY * apart, smallest);
        return vanishes ? new double[0] : Matrices.scale(problem.radius / length, w);
    }

    private double[] weights(double s) {
        int n = products.length;
        double[][] shifted = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                shifted[i][j] = gramian[i][j] + s * (products[i] + products[j]) + s * s * square;
            }
        }
        return MinNormPoint.weights(shifted);
    }

    private double excess(double s) {
        return Matrices.norm(gramian, weights(s)) - radius * s;
    }

    /**
     * The s that reproduces itself. At a Pareto-stationary point s = 0 does, and often only that: but where {@code
     * |g_w|} first grows faster than the radius allows, a greater one does, too, and is the answer.
     */
    private double findScale() {
        double high = Math.sqrt(Arrays.stream(Matrices.diagonal(gramian)).max().orElse(0)) / radius;
        double low = STATIONARY * high;
        double atLow = excess(low);
        double atHigh = excess(high);
        if (atLow <= 0) {
            high = low;
            atHigh = atLow;
            low = 0;
            atLow = excess(low);
        }
        if (atLow <= 0 || atHigh >= 0) {
            return atLow <= 0 ? low : high;
        }
        boolean lowKept = false;
        boolean highKept = false;
        for (int i = 0; i < STEPS && high - low > 4 * Math.ulp(high); i++) {
            double middle = i % 4 == 3 ? (low + high) / 2 : (low * atHigh - high * atLow) / (atHigh - atLow);
            double there = excess(middle);
            if (there >= 0) {
                low = middle;
                atLow = there;
                atHigh = highKept ? atHigh / 2 : atHigh;
            } else {
                high = middle;
                atHigh = there;
                atLow = lowKept ? atLow / 2 : atLow;
            }
            highKept = there >= 0;
            lowKept = !highKept;
            if (there == 0) {
                return middle;
            }
        }
        return (low + high) / 2;
    }
}
