package io.mtl4j.internal;

/**
 * Projects a combination of gradients onto the dual cone {@code {d : <g_k, d> ≥ 0 for every k}}.
 *
 * <p>By duality the projection of {@code Jᵀb} is {@code Jᵀv} with {@code v} the minimiser of {@code vᵀGv} over {@code v
 * ≥ b}; see proposition 1 of Quinton and Rey, Jacobian Descent for Multi-Objective Optimization, arXiv 2406.16232.
 */
public final class DualCone {

    private DualCone() {}

    /**
     * Projects one combination.
     *
     * @param gramian G, {@code [K][K]}, positive semi-definite
     * @param combination b, {@code [K]}
     * @return v, {@code [K]}
     */
    public static double[] project(double[][] gramian, double[] combination) {
        double[] q = Matrices.scale(-1, Matrices.times(gramian, combination));
        double[] v = NonNegativeQuadratic.solve(gramian, q);
        for (int i = 0; i < v.length; i++) {
            v[i] += combination[i];
        }
        return v;
    }

    /**
     * The Gramian to project with: {@code G / tr G + regularisation I}, which has one well-conditioned answer.
     *
     * @param gramian G, {@code [K][K]}
     * @param regularisation what is added to the diagonal
     * @param smallestTrace a trace below this counts as 0, and so does a trace of 0
     * @return a new matrix, {@code [K][K]}
     */
    public static double[][] normalise(double[][] gramian, double regularisation, double smallestTrace) {
        int n = gramian.length;
        double trace = Matrices.sum(Matrices.diagonal(gramian));
        double factor = trace > 0 && trace >= smallestTrace ? 1 / trace : 0;
        double[][] normalised = new double[n][];
        for (int i = 0; i < n; i++) {
            normalised[i] = Matrices.scale(factor, gramian[i]);
            normalised[i][i] += regularisation;
        }
        return normalised;
    }
}
