package io.mtl4j.nn.head;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Moves the elements of arrays to the Java heap and back. Logits and labels are small; one native operation on them takes
 * longer than all of a loss in Java, and sums on the heap are in double precision and in a fixed order.
 */
final class HeapArray {

    private HeapArray() {}

    /** The elements in row-major order; the array may be a view. */
    static double[] read(INDArray array) {
        boolean plain = array.ordering() == 'c'
                && array.elementWiseStride() == 1
                && array.offset() == 0
                && array.data().length() == array.length();
        return (plain ? array : array.dup('c')).data().asDouble();
    }

    /** A new array of the shape and data type of another, in the current workspace. */
    static INDArray like(INDArray other, double[] values) {
        return of(values, other.dataType(), other.shape());
    }

    /** A new array, in the current workspace. */
    static INDArray of(double[] values, DataType type, long... shape) {
        if (type != DataType.FLOAT) {
            return Nd4j.create(values, shape, type);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Nd4j.create(floats, shape, DataType.FLOAT);
    }
}
