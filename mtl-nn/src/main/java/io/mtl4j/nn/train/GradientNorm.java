package io.mtl4j.nn.train;

import io.mtl4j.nn.kernel.RowProducts;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The Euclidean norm of a flat gradient. */
final class GradientNorm {

    private GradientNorm() {}

    static double of(INDArray gradient) {
        INDArray row = gradient.reshape('c', 1, gradient.length());
        if (RowProducts.serves(row, row)) {
            double square = RowProducts.of(row, row)[0][0];
            if (RowProducts.isReliable(square)) {
                return Math.sqrt(square);
            }
        }
        return gradient.norm2Number().doubleValue();
    }
}
