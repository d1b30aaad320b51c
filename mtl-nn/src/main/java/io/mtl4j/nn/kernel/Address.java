package io.mtl4j.nn.kernel;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The place of an array in memory, as native code takes it. It owns nothing: the array must outlive the call. */
final class Address extends FloatPointer {

    /** Points to an array's first element. */
    Address of(INDArray array) {
        return of(array, 0);
    }

    /** Points to an element of an array without gaps, or of a row of adjacent elements. */
    Address of(INDArray array, long element) {
        if (array.dataType() != DataType.FLOAT) {
            throw new IllegalArgumentException(
                    "an array of " + array.dataType() + " where one of FLOAT is computed with");
        }
        address = array.data().address() + (array.offset() + element) * Float.BYTES;
        return this;
    }

    /** Sets all elements of an array, which lie side by side, to 0. */
    void clear(INDArray array) {
        memset(of(array), 0, array.length() * Float.BYTES);
    }
}
