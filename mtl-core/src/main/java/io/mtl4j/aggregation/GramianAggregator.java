package io.mtl4j.aggregation;

import io.mtl4j.step.TrainingStep;

/**
 * An aggregator that is a function of the Gramian: K x K numbers in, K weights out.
 *
 * <p>{@link #aggregate} does what all of them share: it leaves absent tasks out and gives them weight 0, and refuses
 * gradients that are not finite. So {@link #weights} sees a step in which every task is present, and a Gramian of
 * finite entries with one row for each of them; one that keeps something per task finds the task's number in the model
 * with {@link TrainingStep#modelTask}.
 */
public interface GramianAggregator extends Aggregator {

    /**
     * {@return the weights w of {@code d = Σ w_k g_k}, {@code [K]}}
     *
     * @param gramian {@code G = J Jᵀ}, {@code [K][K]}, symmetric and positive semi-definite; may be overwritten
     * @param step the rest of what is known of the step; all its tasks are present
     */
    double[] weights(double[][] gramian, TrainingStep step);

    @Override
    default UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(
                step, present -> new UpdateDirection.Weights(weights(Gradients.gramian(present), present)));
    }
}
