package io.mtl4j.metric;

/**
 * The scores given to the positive and to the negative examples of one yes/no question, for the measures that depend on
 * nothing but their order. Keeps every score: 8 bytes an example.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class RankedScores {
    private final DoubleList positives = new DoubleList();
    private final DoubleList negatives = new DoubleList();

    /** Creates it empty. */
    public RankedScores() {}

    /**
     * Adds an example.
     *
     * @param score the score; more means yes, on any scale
     * @param positive whether yes is true
     * @throws IllegalArgumentException if the score is NaN
     */
    public void add(double score, boolean positive) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score is NaN; scores must be numbers that can be put in order");
        }
        (positive ? positives : negatives).add(score);
    }

    /**
     * {@return the area under the ROC curve: the share of pairs of a positive and a negative in which the positive has
     * the higher score, ties counted half} Exact, from ranks, in O(n log n); NaN unless there are both positives and
     * negatives.
     *
     * <p>Source: Hanley and McNeil, "The meaning and use of the area under a ROC curve", 1982.
     */
    public double auc() {
        double[] pos = positives.sorted();
        double[] neg = negatives.sorted();
        long below = 0;
        long belowOrTied = 0;
        int lower = 0;
        int upper = 0;
        for (double score : pos) {
            while (lower < neg.length && neg[lower] < score) {
                lower++;
            }
            while (upper < neg.length && neg[upper] <= score) {
                upper++;
            }
            below += lower;
            belowOrTied += upper;
        }
        return 0.5 * (below + belowOrTied) / ((double) pos.length * neg.length);
    }

    /**
     * {@return the average precision: the sum over thresholds, from the highest score down, of (recall gained) x
     * (precision reached)} Equal scores share a threshold; there is no interpolation, as in scikit-learn. NaN without
     * positives.
     */
    public double averagePrecision() {
        double[] pos = positives.sorted();
        double[] neg = negatives.sorted();
        double sum = 0;
        int p = pos.length - 1;
        int n = neg.length - 1;
        while (p >= 0) {
            double threshold = pos[p];
            int before = p;
            while (p >= 0 && pos[p] == threshold) {
                p--;
            }
            while (n >= 0 && neg[n] >= threshold) {
                n--;
            }
            double found = pos.length - 1.0 - p;
            sum += (before - p) * (found / (found + (neg.length - 1 - n)));
        }
        return sum / pos.length;
    }
}
