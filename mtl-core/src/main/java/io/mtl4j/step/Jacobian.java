package io.mtl4j.step;

import java.util.List;

/**
 * The K x D matrix J of per-task gradients: row k is the gradient of task k's loss with respect to the D shared
 * parameters (or the shared representation). The matrix may live on a device; what crosses to the host is what is asked
 * for.
 */
public interface Jacobian {

    /** {@return the number of tasks K} */
    int rows();

    /** {@return the number of columns D} */
    long columns();

    /** {@return the Gramian {@code G = J Jᵀ}, {@code [K][K]}, a fresh copy in double precision} */
    double[][] gramian();

    /**
     * {@return the products {@code J Oᵀ}, {@code [K][K]}}
     *
     * @param other a Jacobian of the same size, such as that of an independent batch
     */
    double[][] products(Jacobian other);

    /**
     * {@return a copy of one row on the host, {@code [D]}}
     *
     * @param task the row's number
     */
    double[] row(int task);

    /**
     * {@return the combination {@code Σ w_k g_k} on the host, {@code [D]}}
     *
     * @param weights w, {@code [K]}
     */
    default double[] combine(double[] weights) {
        double[] direction = new double[Math.toIntExact(columns())];
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] != 0) {
                double[] row = row(k);
                for (int i = 0; i < direction.length; i++) {
                    direction[i] += weights[k] * row[i];
                }
            }
        }
        return direction;
    }

    /**
     * {@return the columns {@code from .. to - 1} as a Jacobian of their own}
     *
     * @param from first column
     * @param to one past the last column
     */
    Jacobian slice(long from, long to);

    /**
     * {@return the column ranges of the parameter groups, in order, without gaps}
     *
     * @param granularity how fine the groups are
     */
    List<ColumnRange> groups(Granularity granularity);

    /** How finely {@link #groups} divides the columns. */
    enum Granularity {
        /** All columns as one group. */
        WHOLE,
        /** One group a layer. */
        LAYER,
        /** One group a parameter array (a weight matrix, a bias vector). */
        MATRIX
    }

    /**
     * Columns {@code from .. to - 1} of a Jacobian.
     *
     * @param name what the columns hold, such as {@code encoder.0.W}
     * @param from first column
     * @param to one past the last column
     */
    record ColumnRange(String name, long from, long to) {}
}
