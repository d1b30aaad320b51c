package io.mtl4j.nn.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a long short-term memory carries from step to step, or its gradient.
 *
 * @param h {@code [batch, units]}, C order
 * @param c {@code [batch, units]}, C order
 */
public record LstmState(INDArray h, INDArray c) {

    /**
     * {@return a state of 0}
     *
     * @param type data type
     * @param batch number of examples
     * @param units number of units
     */
    public static LstmState zeros(DataType type, long batch, long units) {
        return new LstmState(Nd4j.zeros(type, batch, units), Nd4j.zeros(type, batch, units));
    }
}
