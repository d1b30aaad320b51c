package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BinaryCrossEntropyTest extends LossContract {

    @Override
    LossFunction loss() {
        return new BinaryCrossEntropy(List.of(0.5, 2.0, 1.5));
    }

    @Override
    double[] label(RandomGenerator random) {
        return new double[] {random.nextInt(2), random.nextInt(2), random.nextDouble()};
    }

    private static final double LN2 = Math.log(2);
    private static final double LN3 = Math.log(3);

    /** Probabilities 1/2, 3/4, 1/4. */
    private static INDArray logits() {
        return Nd4j.createFromArray(0, LN3, -LN3).reshape(3, 1);
    }

    @Test
    void givesTheMeanNegativeLogProbabilityOfTheAnswers() {
        INDArray labels = Nd4j.createFromArray(1.0, 0.0, 1.0);
        Result result = Losses.binaryCrossEntropy().evaluate(logits(), labels, null);
        assertEquals((LN2 + 2 * LN2 + 2 * LN2) / 3, result.value(), 1e-15);
        assertEquals(3, result.count());
        assertEquals(Nd4j.createFromArray(-0.5 / 3, 0.75 / 3, -0.75 / 3).reshape(3, 1), result.gradient());
    }

    @Test
    void yesWeighsMoreButDoesNotChangeTheDivisor() {
        INDArray labels = Nd4j.createFromArray(1.0, 0.0, 1.0);
        Result result = Losses.binaryCrossEntropy(3).evaluate(logits(), labels, null);
        assertEquals((3 * LN2 + 2 * LN2 + 3 * 2 * LN2) / 3, result.value(), 1e-15);
    }

    @Test
    void labelsMayBeMissingOneByOne() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{0, LN3}, {-LN3, 0}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, Double.NaN}, {1, 0}});
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 0}, {1, 1}});
        Result result = Losses.binaryCrossEntropy().evaluate(logits, labels, mask);
        assertEquals((LN2 + 2 * LN2 + LN2) / 3, result.value(), 1e-15);
        assertEquals(3, result.count());
        assertEquals(0, result.gradient().getDouble(0, 1));
    }

    @Test
    void isExactForHugeLogits() {
        INDArray logits = Nd4j.createFromArray(1e4, -1e4, 1e4, -1e4).reshape(4, 1);
        Result result = Losses.binaryCrossEntropy().evaluate(logits, Nd4j.createFromArray(1.0, 0.0, 0.0, 1.0), null);
        assertEquals(2e4 / 4, result.value());
        assertEquals(Nd4j.createFromArray(0, 0, 0.25, -0.25).reshape(4, 1), result.gradient());
    }

    @Test
    void refusesBadWeights() {
        assertThrows(IllegalArgumentException.class, () -> Losses.binaryCrossEntropy(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new BinaryCrossEntropy(List.of(1.0, 2.0))
                        .evaluate(logits(), Nd4j.createFromArray(1.0, 0.0, 1.0), null));
    }
}
