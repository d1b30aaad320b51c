package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MeanAbsoluteErrorTest extends LossContract {

    @Override
    LossFunction loss() {
        return Losses.meanAbsoluteError();
    }

    @Override
    double[] label(RandomGenerator random) {
        return new double[] {random.nextGaussian(), 3 * random.nextGaussian(), 0};
    }

    @Test
    void givesTheMeanOverTheValues() {
        INDArray outputs = Nd4j.createFromArray(new double[][] {{1, 2}, {3, -4}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 2.5}, {3, Double.NaN}});
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1}, {1, 0}});
        Result result = Losses.meanAbsoluteError().evaluate(outputs, labels, mask);
        assertEquals((1 + 0.5) / 3, result.value(), 1e-15);
        assertEquals(3, result.count());
        assertEquals(Nd4j.createFromArray(new double[][] {{1.0 / 3, -1.0 / 3}, {0, 0}}), result.gradient());
    }
}
