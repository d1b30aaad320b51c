package io.mtl4j.internal;

import java.util.Arrays;

/**
 * Solves {@code min ½xᵀHx - qᵀx} over {@code x ≥ 0} for a symmetric positive semi-definite H, exactly up to rounding.
 *
 * <p>The active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974, algorithm NNLS) on the normal
 * equations: the working set grows by the variable whose multiplier is most wrong, and loses those that would become
 * negative. Every working set's minimum is lower than that of the one before, so it ends. The problem is first scaled
 * to a unit diagonal, which makes the answer independent of the units of each variable; the test of a multiplier is a
 * small multiple of the rounding error of computing it.
 */
public final class NonNegativeQuadratic {

    /** A column whose squared distance from the span of the working set is this small a part of it is in the span. */
    private static final double DEPENDENT = 1e-14;

    private final int n;
    private final double[][] a;
    private final double[] r;
    private final double[] y;
    private int[] working = new int[0];
    private CholeskyFactor factor;
    private final boolean[] refused;

    private NonNegativeQuadratic(double[][] a, double[] r) {
        this.n = r.length;
        this.a = a;
        this.r = r;
        this.y = new double[n];
        this.factor = new CholeskyFactor(n);
        this.refused = new boolean[n];
    }

    /**
     * Solves one problem.
     *
     * @param h {@code H}, {@code [n][n]}; a variable whose diagonal entry is 0 is left at 0
     * @param q {@code q}, {@code [n]}
     * @return the solution x, {@code [n]}
     * @throws ArithmeticException if the working set does not settle, which takes entries that are NaN or infinite
     */
    public static double[] solve(double[][] h, double[] q) {
        double[] units = Matrices.diagonal(h);
        for (int i = 0; i < units.length; i++) {
            units[i] = units[i] > 0 ? 1 / Math.sqrt(units[i]) : 0;
        }
        double[] r = new double[q.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = q[i] * units[i];
        }
        double[] x = new NonNegativeQuadratic(Matrices.scaleBothSides(h, units), r).run();
        for (int i = 0; i < x.length; i++) {
            x[i] *= units[i];
        }
        return x;
    }

    private double[] run() {
        int budget = 100 * (n + 1);
        for (int entering = mostWrong(); entering >= 0; entering = mostWrong()) {
            if (budget-- == 0) {
                throw new ArithmeticException("active-set method did not settle for " + n
                        + " variables; the matrix must" + " be finite, symmetric and positive semi-definite");
            }
            if (!enter(entering)) {
                refused[entering] = true;
                continue;
            }
            Arrays.fill(refused, false);
            descend();
        }
        return y;
    }

    /** The variable outside of the working set with the largest multiplier of the wrong sign, or -1. */
    private int mostWrong() {
        double rounding = 8 * n * Math.ulp(1.0);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.max(Math.abs(r[i]), y[i]));
        }
        double worst = rounding * largest;
        int found = -1;
        for (int i = 0; i < n; i++) {
            if (y[i] == 0 && !refused[i] && a[i][i] > 0) {
                double multiplier = r[i] - Matrices.dot(a[i], y);
                if (multiplier > worst) {
                    worst = multiplier;
                    found = i;
                }
            }
        }
        return found;
    }

    /** Adds a variable to the working set if that is independent and moves the variable upwards. */
    private boolean enter(int variable) {
        if (!factor.append(column(variable), a[variable][variable], DEPENDENT)) {
            return false;
        }
        working = Arrays.copyOf(working, working.length + 1);
        working[working.length - 1] = variable;
        if (minimum()[working.length - 1] > 0) {
            return true;
        }
        working = Arrays.copyOf(working, working.length - 1);
        factor.removeLast();
        return false;
    }

    /** Moves to the minimum over the working set, dropping the variables that reach 0 on the way. */
    private void descend() {
        while (true) {
            double[] target = minimum();
            double step = 1;
            for (int i = 0; i < target.length; i++) {
                double from = y[working[i]];
                if (target[i] <= 0) {
                    step = Math.min(step, from / (from - target[i]));
                }
            }
            boolean blocked = false;
            for (int i = 0; i < target.length; i++) {
                double from = y[working[i]];
                boolean stops = target[i] <= 0 && from / (from - target[i]) <= step;
                y[working[i]] = stops ? 0 : from + step * (target[i] - from);
                blocked |= stops;
            }
            if (!blocked) {
                return;
            }
            dropZeros();
        }
    }

    private void dropZeros() {
        int[] before = working;
        working = new int[0];
        factor = new CholeskyFactor(n);
        for (int variable : before) {
            if (y[variable] > 0) {
                factor.append(column(variable), a[variable][variable], 0);
                working = Arrays.copyOf(working, working.length + 1);
                working[working.length - 1] = variable;
            }
        }
    }

    private double[] column(int variable) {
        double[] column = new double[working.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = a[working[i]][variable];
        }
        return column;
    }

    /** The minimum over the working set without the bounds, once refined. */
    private double[] minimum() {
        int size = working.length;
        double[] rightSide = new double[size];
        for (int i = 0; i < size; i++) {
            rightSide[i] = r[working[i]];
        }
        double[] x = factor.solve(rightSide);
        double[] residual = rightSide.clone();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                residual[i] -= a[working[i]][working[j]] * x[j];
            }
        }
        double[] correction = factor.solve(residual);
        for (int i = 0; i < size; i++) {
            x[i] += correction[i];
        }
        return x;
    }
}
