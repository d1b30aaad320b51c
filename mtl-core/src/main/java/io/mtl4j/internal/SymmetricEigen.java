package io.mtl4j.internal;

/**
 * The eigen-decomposition {@code A = V diag(λ) Vᵀ} of a small symmetric matrix by cyclic Jacobi rotations (Golub and
 * Van Loan, Matrix Computations), which also finds small eigenvalues of a badly scaled Gramian well.
 *
 * @param values the eigenvalues λ, {@code [n]}, in no particular order
 * @param vectors the eigenvectors, {@code [n][n]}; column i belongs to eigenvalue i
 */
public record SymmetricEigen(double[] values, double[][] vectors) {

    private static final int SWEEPS = 60;

    /**
     * {@return the decomposition of a matrix}
     *
     * @param matrix symmetric, {@code [n][n]}
     * @throws ArithmeticException if the matrix has entries that are NaN or infinite
     */
    public static SymmetricEigen of(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i] = matrix[i].clone();
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            if (!sweep(a, v)) {
                return new SymmetricEigen(Matrices.diagonal(a), v);
            }
        }
        throw new ArithmeticException("eigenvalues of a matrix of size " + n + " did not settle in " + SWEEPS
                + " sweeps; its entries must be finite");
    }

    private static boolean sweep(double[][] a, double[][] v) {
        boolean rotated = false;
        for (int p = 0; p < a.length; p++) {
            for (int q = p + 1; q < a.length; q++) {
                double scale = Math.sqrt(Math.abs(a[p][p])) * Math.sqrt(Math.abs(a[q][q]));
                double least = Math.ulp(1.0) * Math.max(Math.abs(a[p][p]), Math.abs(a[q][q]));
                if (!(Math.abs(a[p][q]) <= Math.ulp(1.0) * Math.max(scale / 8, least))) {
                    rotate(a, v, p, q);
                    rotated = true;
                }
            }
        }
        return rotated;
    }

    private static void rotate(double[][] a, double[][] v, int p, int q) {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
        double c = 1 / Math.hypot(1, t);
        double s = t * c;
        double shift = t * a[p][q];
        a[p][p] -= shift;
        a[q][q] += shift;
        a[p][q] = 0;
        a[q][p] = 0;
        for (int k = 0; k < a.length; k++) {
            if (k != p && k != q) {
                double kp = a[k][p];
                double kq = a[k][q];
                a[k][p] = c * kp - s * kq;
                a[p][k] = a[k][p];
                a[k][q] = s * kp + c * kq;
                a[q][k] = a[k][q];
            }
            double vp = v[k][p];
            double vq = v[k][q];
            v[k][p] = c * vp - s * vq;
            v[k][q] = s * vp + c * vq;
        }
    }

    /** {@return the largest eigenvalue; 0 for the empty matrix} */
    public double largest() {
        double largest = values.length == 0 ? 0 : values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /**
     * {@return {@code V diag(f) Vᵀ b}}
     *
     * @param f one number an eigenvalue, {@code [n]}
     * @param b a vector {@code [n]}
     */
    public double[] apply(double[] f, double[] b) {
        int n = b.length;
        double[] result = new double[n];
        for (int e = 0; e < n; e++) {
            double along = 0;
            for (int i = 0; i < n; i++) {
                along += vectors[i][e] * b[i];
            }
            for (int i = 0; i < n; i++) {
                result[i] += f[e] * along * vectors[i][e];
            }
        }
        return result;
    }
}
