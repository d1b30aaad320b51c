package io.mtl4j.weighting;

import io.mtl4j.internal.Require;

/**
 * How a weighting with parameters of its own learns them: one or two numbers a task, apart from the model's parameters
 * and its optimiser.
 *
 * <p>Gradients are limited to ±1e100 so that their squares stay finite.
 */
public sealed interface WeightOptimizer {

    /**
     * {@return Adam with the usual constants β = 0.9, 0.999, ε = 1e-8 and no weight decay}
     *
     * @param rate the learning rate, above 0
     */
    static WeightOptimizer adam(double rate) {
        return new Adam(rate, 0.9, 0.999, 1e-8, 0);
    }

    /**
     * {@return plain gradient descent}
     *
     * @param rate the learning rate, above 0
     */
    static WeightOptimizer sgd(double rate) {
        return new Sgd(rate);
    }

    /**
     * Adam (Kingma and Ba, 2015, Algorithm 1). Each task counts its own steps, so that the bias correction of a task
     * that is seldom present is right.
     *
     * @param rate the learning rate, above 0
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, above 0
     * @param weightDecay times the parameter, added to the gradient; at least 0
     */
    record Adam(double rate, double beta1, double beta2, double epsilon, double weightDecay)
            implements WeightOptimizer {
        /** Checks the values. */
        public Adam {
            Require.positive("rate", rate);
            Require.within("beta1", beta1, 0, Math.nextDown(1.0));
            Require.within("beta2", beta2, 0, Math.nextDown(1.0));
            Require.positive("epsilon", epsilon);
            Require.nonNegative("weightDecay", weightDecay);
        }
    }

    /**
     * Gradient descent.
     *
     * @param rate the learning rate, above 0
     */
    record Sgd(double rate) implements WeightOptimizer {
        /** Checks the value. */
        public Sgd {
            Require.positive("rate", rate);
        }
    }
}
