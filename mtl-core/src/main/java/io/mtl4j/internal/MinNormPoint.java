package io.mtl4j.internal;

import java.util.Arrays;

/**
 * The point of least norm in the convex hull of K vectors, from their Gramian.
 *
 * <p>{@code min wᵀGw} over {@code w ≥ 0, Σ w = 1}. With {@code u ≥ 0} the minimiser of {@code uᵀGu + τ(1 - Σu)²}, the
 * answer is {@code w = u / Σu} for every {@code τ > 0}: the optimality conditions are the same. That problem has no
 * equality and goes to {@link NonNegativeQuadratic}; τ is the least squared norm, so that adding it loses no digits of
 * the short vectors next to long ones.
 */
public final class MinNormPoint {

    private MinNormPoint() {}

    /**
     * Finds the weights. Where several weights give the same point, one of them is returned.
     *
     * @param gramian {@code G}, {@code [K][K]}
     * @return weights on the simplex, {@code [K]}; the zero vectors share all weight if there are any
     */
    public static double[] weights(double[][] gramian) {
        int n = gramian.length;
        double[] squares = Matrices.diagonal(gramian);
        double shortest = Arrays.stream(squares).min().orElse(0);
        if (shortest <= 0) {
            double zeros = Arrays.stream(squares).filter(s -> s <= 0).count();
            return Arrays.stream(squares).map(s -> s <= 0 ? 1 / zeros : 0).toArray();
        }
        double[][] h = new double[n][n];
        double[] q = new double[n];
        Arrays.fill(q, shortest);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                h[i][j] = gramian[i][j] + shortest;
            }
        }
        double[] u = NonNegativeQuadratic.solve(h, q);
        return Matrices.scale(1 / Matrices.sum(u), u);
    }
}
