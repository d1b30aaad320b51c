package io.mtl4j.nn.head;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/** The logistic function and its logarithm, without overflow. */
final class Logistic {

    private Logistic() {}

    /** {@code 1 / (1 + e^-z)}. */
    static double sigmoid(double z) {
        double e = Math.exp(-Math.abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }

    /** The same for each element of an array, in a new one. */
    static INDArray sigmoid(INDArray logits) {
        return Nd4j.getExecutioner().exec(new Sigmoid(logits, logits.ulike()));
    }

    /** {@code log(1 + e^z) = -log sigmoid(-z)}. */
    static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
}
