package io.mtl4j.internal;

/** The products that the solvers are written in. */
public final class Matrices {

    private Matrices() {}

    /**
     * {@return the inner product of two vectors}
     *
     * @param a a vector {@code [n]}
     * @param b a vector {@code [n]}
     */
    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /**
     * {@return the matrix times the vector}
     *
     * @param matrix {@code [m][n]}
     * @param vector {@code [n]}
     */
    public static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    /**
     * {@return {@code sqrt(wᵀGw)}, the norm of {@code Σ w_k g_k}; 0 where rounding makes the square negative}
     *
     * @param gramian {@code G}, {@code [K][K]}
     * @param weights {@code w}, {@code [K]}
     */
    public static double norm(double[][] gramian, double[] weights) {
        return Math.sqrt(Math.max(0, dot(weights, times(gramian, weights))));
    }

    /**
     * {@return the diagonal of a square matrix}
     *
     * @param matrix {@code [n][n]}
     */
    public static double[] diagonal(double[][] matrix) {
        double[] diagonal = new double[matrix.length];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = matrix[i][i];
        }
        return diagonal;
    }

    /**
     * {@return the sum of a vector's entries}
     *
     * @param vector {@code [n]}
     */
    public static double sum(double[] vector) {
        double sum = 0;
        for (double entry : vector) {
            sum += entry;
        }
        return sum;
    }

    /**
     * {@return a new vector, the given one times a number}
     *
     * @param factor the number
     * @param vector {@code [n]}
     */
    public static double[] scale(double factor, double[] vector) {
        double[] scaled = new double[vector.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = factor * vector[i];
        }
        return scaled;
    }

    /**
     * {@return the matrix with entry {@code (i, j)} times {@code s_i s_j}}
     *
     * @param matrix {@code [n][n]}
     * @param factors {@code s}, {@code [n]}
     */
    public static double[][] scaleBothSides(double[][] matrix, double[] factors) {
        int n = factors.length;
        double[][] scaled = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i][j] = matrix[i][j] * factors[i] * factors[j];
            }
        }
        return scaled;
    }
}
