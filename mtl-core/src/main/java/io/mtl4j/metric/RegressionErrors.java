package io.mtl4j.metric;

/**
 * The errors of one real output, pair by pair. Running means and Welford's method keep it exact for values far from
 * zero. All values are NaN without pairs.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class RegressionErrors {
    private final PairedMoments moments = new PairedMoments();
    private final RankCorrelation ranks = new RankCorrelation();
    private final boolean ranked;
    private long count;
    private double meanSquare;
    private double meanAbsolute;

    /**
     * Creates it empty.
     *
     * @param ranked whether to measure Spearman's correlation, which keeps every pair, 16 bytes each
     */
    public RegressionErrors(boolean ranked) {
        this.ranked = ranked;
    }

    /**
     * Adds a pair.
     *
     * @param predicted the value predicted
     * @param truth the true value
     * @throws IllegalArgumentException if either is NaN or infinite
     */
    public void add(double predicted, double truth) {
        if (!Double.isFinite(predicted) || !Double.isFinite(truth)) {
            throw new IllegalArgumentException("predicted " + predicted + ", truth " + truth + "; both must be finite");
        }
        double error = predicted - truth;
        count++;
        meanSquare += (error * error - meanSquare) / count;
        meanAbsolute += (Math.abs(error) - meanAbsolute) / count;
        moments.add(predicted, truth);
        if (ranked) {
            ranks.add(predicted, truth);
        }
    }

    /** {@return the number of pairs} */
    public long count() {
        return count;
    }

    /** {@return the mean squared error} */
    public double mse() {
        return count == 0 ? Double.NaN : meanSquare;
    }

    /** {@return the root of the mean squared error} */
    public double rmse() {
        return Math.sqrt(mse());
    }

    /** {@return the mean absolute error} */
    public double mae() {
        return count == 0 ? Double.NaN : meanAbsolute;
    }

    /**
     * {@return the coefficient of determination, 1 - MSE / (variance of the true values)} At most 1, and 0 for always
     * predicting the mean; NaN when the true values do not vary.
     */
    public double r2() {
        double variance = moments.varianceY();
        return variance == 0 ? Double.NaN : 1 - mse() / variance;
    }

    /** {@return Pearson's correlation, from -1 to 1; NaN when either side does not vary} */
    public double pearson() {
        return moments.correlation();
    }

    /**
     * {@return Spearman's correlation, from -1 to 1: Pearson's correlation of the ranks, ties sharing the mean of their
     * ranks; NaN when either side does not vary, or when it is not measured}
     */
    public double spearman() {
        return ranks.value();
    }
}
