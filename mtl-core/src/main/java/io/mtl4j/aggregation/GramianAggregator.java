package io.mtl4j.aggregation;

import io.mtl4j.step.TrainingStep;

/** An aggregator that is a function of the Gramian: K x K numbers in, K weights out. */
public interface GramianAggregator extends Aggregator {

    /**
     * {@return the weights w of {@code d = Σ w_k g_k}, {@code [K]}}
     *
     * @param gramian {@code G = J Jᵀ}, {@code [K][K]}, symmetric and positive semi-definite; may be overwritten
     * @param step the rest of what is known of the step
     */
    double[] weights(double[][] gramian, TrainingStep step);

    @Override
    default UpdateDirection aggregate(TrainingStep step) {
        return new UpdateDirection.Weights(weights(step.jacobian().gramian(), step));
    }
}
