package io.mtl4j.internal;

/** The Moore-Penrose inverse of a symmetric positive semi-definite matrix. */
public final class PseudoInverse {

    /**
     * Eigenvalues up to this part of the largest count as 0. Rounding in a Gramian of 64 gradients moves them by about
     * 1e-14 of the largest; a cut there would make the rank, and with it the answer, a matter of rounding.
     */
    public static final double CUT_OFF = 1e-12;

    private PseudoInverse() {}

    /**
     * {@return {@code A⁺ b}, {@code [n]}}
     *
     * @param matrix A, symmetric positive semi-definite, {@code [n][n]}
     * @param b a vector {@code [n]}
     */
    public static double[] times(double[][] matrix, double[] b) {
        SymmetricEigen eigen = SymmetricEigen.of(matrix);
        double cut = CUT_OFF * eigen.largest();
        double[] inverse = eigen.values().clone();
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = inverse[i] > cut ? 1 / inverse[i] : 0;
        }
        return eigen.apply(inverse, b);
    }
}
