package io.mtl4j.internal;

/**
 * The factor L of a symmetric positive definite matrix {@code A = L Lᵀ} that grows by one row and column at a time, as
 * the working set of an active-set method does.
 */
public final class CholeskyFactor {

    private final double[][] rows;
    private int size;

    /**
     * Makes the factor of the empty matrix.
     *
     * @param capacity the largest size it may grow to
     */
    public CholeskyFactor(int capacity) {
        rows = new double[capacity][];
    }

    /**
     * {@return the factor of a whole matrix}
     *
     * @param matrix symmetric, {@code [n][n]}
     * @throws ArithmeticException if the matrix is not positive definite in double precision
     */
    public static CholeskyFactor of(double[][] matrix) {
        CholeskyFactor factor = new CholeskyFactor(matrix.length);
        for (int i = 0; i < matrix.length; i++) {
            if (!factor.append(matrix[i], matrix[i][i], 0)) {
                throw new ArithmeticException("matrix of size " + matrix.length + " is not positive definite: pivot "
                        + i + " is not above 0");
            }
        }
        return factor;
    }

    /**
     * Adds a row and column, unless it depends on those already there.
     *
     * @param column the new column's first {@link #size()} entries; more are ignored
     * @param diagonal the new diagonal entry
     * @param smallest the pivot (squared) at or below which the column counts as dependent, as a part of the diagonal
     *     entry
     * @return whether it was added
     */
    public boolean append(double[] column, double diagonal, double smallest) {
        double[] row = new double[size + 1];
        double pivot = diagonal;
        for (int i = 0; i < size; i++) {
            double entry = column[i];
            for (int j = 0; j < i; j++) {
                entry -= rows[i][j] * row[j];
            }
            row[i] = entry / rows[i][i];
            pivot -= row[i] * row[i];
        }
        if (!(pivot > smallest * diagonal)) {
            return false;
        }
        row[size] = Math.sqrt(pivot);
        rows[size++] = row;
        return true;
    }

    /** Removes the row and column added last. */
    public void removeLast() {
        rows[--size] = null;
    }

    /** {@return the size of the matrix} */
    public int size() {
        return size;
    }

    /**
     * {@return the x of {@code A x = b}}
     *
     * @param rightSide b, {@code [n]}
     */
    public double[] solve(double[] rightSide) {
        double[] x = rightSide.clone();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= rows[i][j] * x[j];
            }
            x[i] /= rows[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int j = i + 1; j < size; j++) {
                x[i] -= rows[j][i] * x[j];
            }
            x[i] /= rows[i][i];
        }
        return x;
    }
}
