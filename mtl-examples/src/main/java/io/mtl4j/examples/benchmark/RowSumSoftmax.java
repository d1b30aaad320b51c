package io.mtl4j.examples.benchmark;

import io.mtl4j.aggregation.GramianAggregator;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/**
 * The cheapest method that needs the tasks' gradients, their Gramian and a combination: {@code w = softmax(-G 1)}. What it
 * costs, every aggregator costs; the peers compute the same.
 */
record RowSumSoftmax() implements GramianAggregator {

    @Override
    public String name() {
        return "row-sum-softmax";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[] sums = Arrays.stream(gramian)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        double least = Arrays.stream(sums).min().orElse(0);
        double[] weights = Arrays.stream(sums).map(sum -> Math.exp(least - sum)).toArray();
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / total).toArray();
    }
}
