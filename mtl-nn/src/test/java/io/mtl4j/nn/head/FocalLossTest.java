package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FocalLossTest extends LossContract {

    @Override
    LossFunction loss() {
        return new FocalLoss(2, List.of(0.5, 2.0, 1.5));
    }

    @Override
    double[] label(RandomGenerator random) {
        return new double[] {random.nextInt(OUTPUTS)};
    }

    private static final double LN2 = Math.log(2);

    /** Probabilities (1/2, 1/4, 1/4) and (1/4, 1/4, 1/2). */
    private static INDArray halves() {
        return Nd4j.createFromArray(new double[][] {{LN2, 0, 0}, {5, 5, 5 + LN2}});
    }

    @Test
    void weakensWhatIsRightByThePowerOfTheRest() {
        Result result = Losses.focal(2).evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), null);
        assertEquals((0.25 * LN2 + 0.5625 * 2 * LN2) / 2, result.value(), 1e-15);
    }

    @Test
    void dividesByTheWeightsOfTheTrueClasses() {
        Result result =
                new FocalLoss(1, List.of(3.0, 1.0, 7.0)).evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), null);
        assertEquals((3 * 0.5 * LN2 + 0.75 * 2 * LN2) / 4, result.value(), 1e-15);
    }

    @Test
    void isCrossEntropyWhenGammaIsZero() {
        INDArray labels = Nd4j.createFromArray(0.0, 1.0);
        List<Double> weights = List.of(3.0, 1.0, 7.0);
        assertEquals(
                new CrossEntropy(0, weights).evaluate(halves(), labels, null),
                new FocalLoss(0, weights).evaluate(halves(), labels, null));
    }

    @Test
    void hasAGradientForFractionalPowersToo() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{1, -2, 0.5}, {60, -60, 0}});
        LossCheck.gradient(Losses.focal(0.5), logits, Nd4j.createFromArray(0.0, 0.0), null);
        LossCheck.gradient(Losses.focal(0.5), logits, Nd4j.createFromArray(2.0, 1.0), null);
    }

    @Test
    void refusesBadSettings() {
        assertThrows(IllegalArgumentException.class, () -> Losses.focal(-1));
        assertThrows(IllegalArgumentException.class, () -> Losses.focal(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new FocalLoss(1, List.of(Double.NaN)));
    }
}
