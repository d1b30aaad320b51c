package io.mtl4j.aggregation;

import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/**
 * The mean of the gradients: {@code d = Σ g_k / K} over the K present tasks.
 *
 * <p>{@link Sum} with a step length that does not grow with the number of tasks. Nothing is guaranteed: a task with a
 * long gradient rules, and the loss of another may grow.
 */
public record Mean() implements GramianAggregator {

    @Override
    public String name() {
        return "mean";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[] weights = new double[gramian.length];
        Arrays.fill(weights, 1.0 / gramian.length);
        return weights;
    }
}
