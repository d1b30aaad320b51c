package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.Sum;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Sums of arrays, element by element. */
final class Sums {

    private Sums() {}

    /**
     * {@return a + b, a new array}
     *
     * @param a an array
     * @param b an array of the same shape
     */
    static INDArray of(INDArray a, INDArray b) {
        return into(a, b, Nd4j.createUninitialized(a.dataType(), a.shape()));
    }

    /**
     * Computes {@code out = a + b}.
     *
     * @param a an array
     * @param b an array of the same shape, or with size 1 in some dimensions, along which it is repeated
     * @param out receives the sum; it may be {@code a}
     * @return {@code out}
     */
    static INDArray into(INDArray a, INDArray b, INDArray out) {
        if (Sum.serves(a, b, out)) {
            Sum.into(a, b, out);
            return out;
        }
        Nd4j.exec(DynamicCustomOp.builder("add").addInputs(a, b).addOutputs(out).build());
        return out;
    }
}
