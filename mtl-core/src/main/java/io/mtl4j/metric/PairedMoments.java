package io.mtl4j.metric;

/**
 * Variances and covariance of pairs of numbers, one pair at a time and without cancellation: by Welford's method, on the
 * distances from the first pair, so that values far from zero lose no digits either.
 *
 * <p>Source: Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
 */
final class PairedMoments {
    private long count;
    private double firstX;
    private double firstY;
    private double meanX;
    private double meanY;
    private double squaresX;
    private double squaresY;
    private double products;

    void add(double x, double y) {
        if (count++ == 0) {
            firstX = x;
            firstY = y;
        }
        double dx = x - firstX - meanX;
        double dy = y - firstY - meanY;
        meanX += dx / count;
        meanY += dy / count;
        double restY = y - firstY - meanY;
        squaresX += dx * (x - firstX - meanX);
        squaresY += dy * restY;
        products += dx * restY;
    }

    /** {@return the population variance of the second numbers; NaN without pairs} */
    double varianceY() {
        return squaresY / count;
    }

    /** {@return Pearson's correlation; NaN when either side does not vary} */
    double correlation() {
        if (squaresX == 0 || squaresY == 0) {
            return Double.NaN;
        }
        return Math.max(-1, Math.min(1, products / Math.sqrt(squaresX) / Math.sqrt(squaresY)));
    }
}
