package io.mtl4j.nn.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A run of a long short-term memory over the steps of a batch, all of the same length:
 *
 * <pre>
 * i, f, o = sigmoid(x_t W + h_(t-1) R + b)    g = tanh(x_t W + h_(t-1) R + b)    each with its own columns
 * c_t = f c_(t-1) + i g                       h_t = o tanh(c_t)
 * </pre>
 */
public interface LstmRun {

    /** {@return the states h of all steps, {@code [steps, batch, units]}; do not modify} */
    INDArray states();

    /**
     * Propagates a gradient back through all steps. It may be called several times.
     *
     * @param gradient of a scalar with respect to the states, {@code [steps, batch, units]}, C order
     * @param weights the weights of the run
     * @param gradients receives the gradient with respect to the weights
     * @return the gradient with respect to the input, {@code [steps, batch, features]}
     */
    default INDArray backward(INDArray gradient, LstmWeights weights, LstmWeights gradients) {
        return backward(
                gradient, weights, gradients, LstmState.zeros(gradient.dataType(), gradient.size(1), weights.units()));
    }

    /**
     * Propagates a gradient back through all steps, to the state before the first. It may be called several times.
     *
     * @param gradient of a scalar with respect to the states, {@code [steps, batch, units]}, C order
     * @param weights the weights of the run
     * @param gradients receives the gradient with respect to the weights
     * @param start receives the gradient with respect to the state that the run started from
     * @return the gradient with respect to the input, {@code [steps, batch, features]}
     */
    INDArray backward(INDArray gradient, LstmWeights weights, LstmWeights gradients, LstmState start);

    /**
     * Runs with oneDNN.
     *
     * @param x input {@code [steps, batch, features]}, C order, which {@link OneDnn#serves}; kept for backward
     * @param weights the weights
     * @param start the state before the first step; kept for backward
     * @return the run
     */
    static LstmRun fused(INDArray x, LstmWeights weights, LstmState start) {
        return FusedLstm.over(x, weights, start);
    }
}
