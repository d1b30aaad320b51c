package io.mtl4j.metric;

/**
 * How often a yes/no decision (is it this class, this label, this entity?) was right and wrong.
 *
 * <p>Zero division: a precision, recall or F1 that is 0/0 counts as 0, as in scikit-learn, unless there was nothing to
 * find and nothing was found ({@link #absent}); then all three are NaN, and averages leave them out.
 *
 * @param truePositives yes was said, and true
 * @param falsePositives yes was said, and false
 * @param falseNegatives no was said, and false
 */
public record Counts(long truePositives, long falsePositives, long falseNegatives) {

    /** Nothing counted yet. */
    public static final Counts ZERO = new Counts(0, 0, 0);

    /** Checks that no count is negative. */
    public Counts {
        if (truePositives < 0 || falsePositives < 0 || falseNegatives < 0) {
            throw new IllegalArgumentException("counts " + truePositives + ", " + falsePositives + ", " + falseNegatives
                    + "; none may be negative");
        }
    }

    /** {@return how often yes was true: TP + FN} */
    public long support() {
        return truePositives + falseNegatives;
    }

    /** {@return how often yes was said: TP + FP} */
    public long predicted() {
        return truePositives + falsePositives;
    }

    /** {@return whether yes was neither true nor said, so that there is nothing to measure} */
    public boolean absent() {
        return truePositives + falsePositives + falseNegatives == 0;
    }

    /** {@return the precision TP / (TP + FP); 0 when nothing was found, NaN when {@link #absent}} */
    public double precision() {
        return ratio(truePositives, predicted());
    }

    /** {@return the recall TP / (TP + FN); 0 when there was nothing to find, NaN when {@link #absent}} */
    public double recall() {
        return ratio(truePositives, support());
    }

    /** {@return the F1 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall; NaN when {@link #absent}} */
    public double f1() {
        return ratio(2.0 * truePositives, 2.0 * truePositives + falsePositives + falseNegatives);
    }

    private double ratio(double part, double whole) {
        if (absent()) {
            return Double.NaN;
        }
        return whole == 0 ? 0 : part / whole;
    }

    /**
     * {@return the sum of two counts}
     *
     * @param other the counts to add
     */
    public Counts plus(Counts other) {
        return new Counts(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives);
    }
}
