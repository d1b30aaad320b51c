package io.mtl4j.aggregation;

/** The aggregators, each with its usual parameters; change one with its {@code with...} methods. */
public final class Aggregations {

    private Aggregations() {}

    /** {@return the sum of the gradients} */
    public static Sum sum() {
        return new Sum();
    }

    /** {@return the mean of the gradients} */
    public static Mean mean() {
        return new Mean();
    }

    /**
     * {@return fixed weights}
     *
     * @param weights one a task, in the model's order
     * @throws IllegalArgumentException if one is NaN or infinite, or there are none
     */
    public static Constant constant(double... weights) {
        return new Constant(weights);
    }

    /** {@return UPGrad with equal preference} */
    public static UpGrad upGrad() {
        return new UpGrad();
    }

    /** {@return MGDA without normalisation} */
    public static Mgda mgda() {
        return new Mgda();
    }

    /** {@return PCGrad with shuffled order} */
    public static PcGrad pcGrad() {
        return new PcGrad();
    }
}
