package io.mtl4j.internal;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The direction that lowers K objectives alike while a constraint {@code q ≤ 0} shrinks by a given part: {@code min_d max_k
 * <g_k, d> + |d|²/2} subject to {@code <∇q, d> ≤ -φ |∇q|²}. Its dual is
 *
 * <pre>{@code min ½ |Σ λ_k g_k + ν ∇q|² - ν φ |∇q|²   over λ ≥ 0, Σ λ = 1, ν ≥ 0,}</pre>
 *
 * <p>and {@code d = -(Σ λ_k g_k + ν ∇q)}. For given λ, {@code ν = max(0, φ - <Σ λ_k g_k, ∇q> / |∇q|²)}; what remains is
 * convex in λ with the gradient {@code Gλ + ν c}, no steeper than G, and is solved by accelerated projected gradients
 * (Beck and Teboulle, 2009) from equal shares. So the answer follows a permutation of the objectives even where several
 * are optimal.
 */
public final class ConstrainedDescent {

    private static final int ITERATIONS = 2000;
    private static final double SETTLED = 1e-14;

    private final double[][] gramian;
    private final double[] products;
    private final double square;
    private final double part;

    /**
     * Poses a problem.
     *
     * @param gramian G, products of the objectives' gradients, {@code [K][K]}
     * @param products c, products {@code <g_k, ∇q>}, {@code [K]}
     * @param square {@code |∇q|²}, at least 0
     * @param part φ, at least 0
     */
    public ConstrainedDescent(double[][] gramian, double[] products, double square, double part) {
        this.gramian = gramian;
        this.products = products;
        this.square = square;
        this.part = part;
    }

    /**
     * {@return the best multiplier ν for given shares; 0 where {@code ∇q = 0}}
     *
     * @param shares λ, {@code [K]}
     */
    public double multiplier(double[] shares) {
        return square > 0 ? Math.max(0, part - Matrices.dot(products, shares) / square) : 0;
    }

    /** {@return the best shares λ on the simplex, {@code [K]}; a gradient of zero has none, unless all are zero} */
    public double[] shares() {
        int[] moving = IntStream.range(0, products.length)
                .filter(k -> gramian[k][k] > 0)
                .toArray();
        double[] shares = new double[products.length];
        if (moving.length == 0) {
            Arrays.fill(shares, 1.0 / shares.length);
            return shares;
        }
        double[] found = new ConstrainedDescent(
                        Arrays.stream(moving)
                                .mapToObj(k -> pick(gramian[k], moving))
                                .toArray(double[][]::new),
                        pick(products, moving),
                        square,
                        part)
                .descend();
        for (int j = 0; j < moving.length; j++) {
            shares[moving[j]] = found[j];
        }
        return shares;
    }

    private static double[] pick(double[] all, int[] chosen) {
        return Arrays.stream(chosen).mapToDouble(k -> all[k]).toArray();
    }

    private double[] descend() {
        int n = products.length;
        double steepest = Matrices.sum(Matrices.diagonal(gramian));
        double[] at = new double[n];
        Arrays.fill(at, 1.0 / n);
        double[] ahead = at;
        double momentum = 1;
        double moved = 1;
        for (int i = 0; i < ITERATIONS && moved > SETTLED; i++) {
            double[] next = step(ahead, steepest);
            double following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            double[] beyond = new double[n];
            moved = 0;
            for (int k = 0; k < n; k++) {
                beyond[k] = next[k] + (momentum - 1) / following * (next[k] - at[k]);
                moved = Math.max(moved, Math.abs(next[k] - ahead[k]));
            }
            at = next;
            ahead = beyond;
            momentum = following;
        }
        return at;
    }

    private double[] step(double[] from, double steepest) {
        double multiplier = multiplier(from);
        double[] to = new double[from.length];
        for (int k = 0; k < to.length; k++) {
            to[k] = from[k] - (Matrices.dot(gramian[k], from) + multiplier * products[k]) / steepest;
        }
        return SimplexProjection.project(to);
    }
}
