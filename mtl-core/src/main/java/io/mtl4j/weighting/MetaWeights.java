package io.mtl4j.weighting;

import io.mtl4j.step.MethodState;

/**
 * Task weights λ that are learned from held-out data: they start at 1 and are kept at or above a small floor, so that
 * no task is lost for good.
 */
final class MetaWeights {

    private static final double FLOOR = 1e-3;

    private final LearnedParameters lambda;

    MetaWeights(WeightOptimizer optimizer) {
        this.lambda = new LearnedParameters(optimizer, 1, FLOOR, Double.MAX_VALUE);
    }

    /** {@return λ of all tasks, 0 for absent ones} */
    double[] weights(Present present) {
        return present.spread(lambda.of(present));
    }

    /**
     * Moves λ of the present tasks down a hypergradient.
     *
     * @param present the present tasks
     * @param hypergradient the derivative of the held-out loss with respect to each task's weight, {@code [K]}
     * @throws ArithmeticException if it is NaN or infinite
     */
    void descend(Present present, double[] hypergradient) {
        double[] gradients = present.pick(hypergradient);
        for (int j = 0; j < gradients.length; j++) {
            if (!Double.isFinite(gradients[j])) {
                throw new ArithmeticException(
                        "task \"" + present.name(j) + "\": the derivative of the held-out loss is " + gradients[j]
                                + "; lower the learning rate or check the held-out data");
            }
        }
        lambda.of(present);
        lambda.descend(present, gradients);
    }

    MethodState save(MethodState state) {
        return lambda.save(state);
    }

    void restore(MethodState state) {
        lambda.restore(state);
    }
}
