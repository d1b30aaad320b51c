package io.mtl4j.aggregation;

import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/**
 * Weights that the user chose: {@code d = Σ w_k g_k}.
 *
 * <p>For weights known from earlier runs or from the meaning of the losses. Nothing is guaranteed beyond that the
 * weights are those. A present task keeps its weight whichever others are absent.
 */
public final class Constant implements GramianAggregator {

    private final double[] weights;

    /**
     * Takes the weights.
     *
     * @param weights one a task of the model, in its order, finite
     * @throws IllegalArgumentException if one is NaN or infinite, or there are none
     */
    public Constant(double... weights) {
        if (weights.length == 0 || !Arrays.stream(weights).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "weights " + Arrays.toString(weights) + ": give one finite weight for each task");
        }
        this.weights = weights.clone();
    }

    @Override
    public String name() {
        return "constant";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        Preference.requireSize("weights", weights, step);
        double[] found = new double[step.tasks()];
        for (int k = 0; k < found.length; k++) {
            found[k] = weights[step.modelTask(k)];
        }
        return found;
    }
}
