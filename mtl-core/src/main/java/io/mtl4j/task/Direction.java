package io.mtl4j.task;

/** Which way a number is better. */
public enum Direction {
    /** More is better, as with accuracy. */
    HIGHER_IS_BETTER,
    /** Less is better, as with an error or a loss. */
    LOWER_IS_BETTER;

    /**
     * {@return whether {@code a} is strictly better than {@code b}; NaN is never better}
     *
     * @param a a value
     * @param b the value to compare with
     */
    public boolean better(double a, double b) {
        return this == HIGHER_IS_BETTER ? a > b : a < b;
    }
}
