package io.mtl4j.nn.spark;

import java.io.Serializable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A vector as it is sent to other machines. ND4J's arrays could be sent too, but Spark, which measures what it keeps, would
 * follow their references through the whole library.
 *
 * @param singles the numbers in single precision; null if they are in double
 * @param doubles the numbers in double precision; null if they are in single
 */
record Numbers(float[] singles, double[] doubles) implements Serializable {

    /** A copy of an array's numbers, in the array's order. */
    static Numbers of(INDArray array) {
        if (array.isEmpty()) {
            return new Numbers(new float[0], null);
        }
        INDArray vector = array.dup('c').reshape(array.length());
        return vector.dataType() == DataType.DOUBLE
                ? new Numbers(null, vector.toDoubleVector())
                : new Numbers(vector.toFloatVector(), null);
    }

    /** {@return the numbers as a vector; an empty array if there are none} */
    INDArray vector() {
        if (doubles != null) {
            return Nd4j.createFromArray(doubles);
        }
        return singles.length == 0 ? Nd4j.empty(DataType.FLOAT) : Nd4j.createFromArray(singles);
    }
}
