package io.mtl4j.nn.layer;

import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A term of the training loss that depends on parameters alone and couples several of them, such as the distance between
 * the encoders of two tasks. It is no task's loss: its gradient joins the update after the tasks' gradients were weighted
 * or combined. For terms of single parameters see {@link Regularized}.
 */
public interface ParameterPenalty {

    /**
     * {@return the term's value}
     *
     * @param values gives each parameter's array; do not modify
     */
    double value(Function<Parameter, INDArray> values);

    /**
     * Adds the term's gradient.
     *
     * @param values gives each parameter's array; do not modify
     * @param gradients gives the array that a parameter's gradient is added to
     */
    void addGradient(Function<Parameter, INDArray> values, Function<Parameter, INDArray> gradients);
}
