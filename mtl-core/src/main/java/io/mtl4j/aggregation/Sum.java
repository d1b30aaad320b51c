package io.mtl4j.aggregation;

import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/**
 * The sum of the gradients: {@code d = Σ g_k}, every weight 1.
 *
 * <p>The gradient of the sum of the losses, the baseline of joint training (equal weighting). Nothing is guaranteed: a
 * task with a long gradient rules, and the loss of another may grow. When gradients seldom conflict it is as good as
 * any method, and a {@link io.mtl4j.weighting.LossWeighting} does the same without per-task gradients. Linear in the
 * gradients; exact for any of them. Peers: the same (some documentation promises 1/K where the code uses 1).
 */
public record Sum() implements GramianAggregator {

    @Override
    public String name() {
        return "sum";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[] weights = new double[gramian.length];
        Arrays.fill(weights, 1);
        return weights;
    }
}
