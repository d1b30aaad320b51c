package io.mtl4j.nn.spark;

import java.io.Serializable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array as it is sent to other machines.
 *
 * @param numbers its numbers in C order; other types than single precision in double
 * @param shape its shape
 * @param type its data type
 */
record SentArray(Numbers numbers, long[] shape, DataType type) implements Serializable {

    /** A copy; null of null. */
    static SentArray of(INDArray array) {
        if (array == null) {
            return null;
        }
        boolean exact = array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE;
        return new SentArray(
                Numbers.of(exact ? array : array.castTo(DataType.DOUBLE)),
                array.shape().clone(),
                array.dataType());
    }

    INDArray array() {
        return numbers.vector().castTo(type).reshape('c', shape);
    }
}
