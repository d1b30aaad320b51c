package io.mtl4j.internal;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Solves {@code G w = w^(-p)}, {@code w > 0}: with p = 1 the Nash bargaining solution, with {@code p = 1/α} that of
 * α-fair utilities.
 *
 * <p>The equation is the optimality condition of the strictly convex {@code ½wᵀGw - Σ φ(w_k)}, {@code φ'(w) = w^(-p)},
 * which damped Newton steps solve from the answer for orthogonal gradients. Both are equivariant to a change of units.
 * A solution exists if and only if 0 isn't in the convex hull of the gradients.
 */
public final class Bargaining {

    /** Unit gradients whose hull comes this close to 0 count as Pareto stationary; rounding in G alone makes 1e-8. */
    private static final double STATIONARY = 1e-6;

    private static final int STEPS = 500;

    private final double[][] gramian;
    private final double power;
    private final double[] w;

    private Bargaining(double[][] gramian, double power) {
        this.gramian = gramian;
        this.power = power;
        this.w = Arrays.stream(Matrices.diagonal(gramian))
                .map(square -> Math.pow(square, -1 / (1 + power)))
                .toArray();
    }

    /**
     * Finds the solution.
     *
     * @param gramian G, {@code [K][K]}; zero gradients take no part in the bargain and get weight 0
     * @param power p, above 0
     * @return w, {@code [K]}; all 0 at a Pareto-stationary point, where there is no solution
     * @throws ArithmeticException if Newton's method does not converge
     */
    public static double[] weights(double[][] gramian, double power) {
        int[] parties = IntStream.range(0, gramian.length)
                .filter(k -> gramian[k][k] > 0)
                .toArray();
        double[] weights = new double[gramian.length];
        double[][] among = new double[parties.length][parties.length];
        for (int i = 0; i < parties.length; i++) {
            for (int j = 0; j < parties.length; j++) {
                among[i][j] = gramian[parties[i]][parties[j]];
            }
        }
        if (parties.length > 0 && !stationary(among)) {
            double[] found = new Bargaining(among, power).solve();
            for (int i = 0; i < parties.length; i++) {
                weights[parties[i]] = found[i];
            }
        }
        return weights;
    }

    private static boolean stationary(double[][] gramian) {
        double[] units = Arrays.stream(Matrices.diagonal(gramian))
                .map(square -> 1 / Math.sqrt(square))
                .toArray();
        double[][] cosines = Matrices.scaleBothSides(gramian, units);
        return Matrices.norm(cosines, MinNormPoint.weights(cosines)) <= STATIONARY;
    }

    private double[] solve() {
        int polish = 2;
        for (int i = 0; i < STEPS; i++) {
            double[] slope = slope(w);
            double[] step = newton(slope);
            double decrement = Matrices.dot(slope, step);
            double scale = Matrices.dot(w, Matrices.times(gramian, w)) + Math.abs(decrement);
            if (decrement <= 1e-20 * scale && polish-- == 0) {
                return w;
            }
            move(step, decrement, decrement > 1e-8 * scale);
        }
        throw new ArithmeticException("no bargaining solution found in " + STEPS + " Newton steps for " + w.length
                + " tasks; the gradients are too close to Pareto stationary");
    }

    private double[] slope(double[] at) {
        double[] slope = Matrices.times(gramian, at);
        for (int k = 0; k < at.length; k++) {
            slope[k] -= Math.pow(at[k], -power);
        }
        return slope;
    }

    private double[] newton(double[] slope) {
        double[][] hessian = new double[w.length][];
        for (int k = 0; k < w.length; k++) {
            hessian[k] = gramian[k].clone();
            hessian[k][k] += power * Math.pow(w[k], -power - 1);
        }
        return CholeskyFactor.of(hessian).solve(slope);
    }

    /** Goes along the step, not onto the boundary, and while far from the end only as far as the slope stays downwards. */
    private void move(double[] step, double decrement, boolean far) {
        double length = 1;
        for (int k = 0; k < w.length; k++) {
            length = Math.min(length, step[k] > 0 ? 0.9 * w[k] / step[k] : 1);
        }
        double[] next = at(step, length);
        while (far && Matrices.dot(slope(next), step) < -0.5 * decrement) {
            length /= 2;
            next = at(step, length);
        }
        System.arraycopy(next, 0, w, 0, w.length);
    }

    private double[] at(double[] step, double length) {
        double[] next = new double[w.length];
        for (int k = 0; k < w.length; k++) {
            next[k] = w[k] - length * step[k];
        }
        return next;
    }
}
