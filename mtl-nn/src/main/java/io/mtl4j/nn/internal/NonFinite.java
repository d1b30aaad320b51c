package io.mtl4j.nn.internal;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds numbers that are NaN or infinite. */
public final class NonFinite {

    private NonFinite() {}

    /**
     * {@return the place of the first number that is NaN or infinite, in C order; -1 if there is none}
     *
     * <p>A sum shows whether there can be one; only then all numbers are looked at, for finite ones may have a sum that is not.
     *
     * @param array any array
     */
    public static int first(INDArray array) {
        if (!array.dataType().isFPType() || Double.isFinite(array.sumNumber().doubleValue())) {
            return -1;
        }
        double[] all = array.dup('c').data().asDouble();
        for (int i = 0; i < all.length; i++) {
            if (!Double.isFinite(all[i])) {
                return i;
            }
        }
        return -1;
    }
}
