package io.mtl4j.nn.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a long short-term memory, or their gradients. Columns are those of the gates input, forget, candidate and
 * output, in this order.
 *
 * @param input {@code [features, 4 units]}, C order
 * @param recurrent {@code [units, 4 units]}, C order
 * @param bias {@code [4 units]}
 */
public record LstmWeights(INDArray input, INDArray recurrent, INDArray bias) {

    /** {@return the number of units} */
    public long units() {
        return recurrent.size(0);
    }
}
