package io.mtl4j.nn.train;

import java.io.Serializable;
import java.util.Map;

/**
 * What a step did.
 *
 * @param losses the tasks' losses before the step, {@code [K]}; NaN for absent tasks
 * @param weights the weights with which the tasks' gradients entered, {@code [K]}; NaN where there are none
 * @param learningRate the learning rate
 * @param gradientNorm the length of the gradient before clipping
 * @param gramian the products of the tasks' gradients, {@code [K][K]}; null if nobody asked for gradients
 * @param generatorLosses the losses of the generators that had a turn, by task
 */
public record StepOutcome(
        double[] losses,
        double[] weights,
        double learningRate,
        double gradientNorm,
        double[][] gramian,
        Map<Integer, Double> generatorLosses)
        implements Serializable {

    /** Copies the map. */
    public StepOutcome {
        generatorLosses = Map.copyOf(generatorLosses);
    }
}
