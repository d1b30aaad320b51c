package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BinaryFocalLossTest extends LossContract {

    @Override
    LossFunction loss() {
        return new BinaryFocalLoss(2, 0.25);
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
    void weakensWhatIsRightByThePowerOfTheRest() {
        Result result = Losses.binaryFocal(2).evaluate(logits(), Nd4j.createFromArray(1.0, 0.0, 1.0), null);
        double expected = 0.25 * 0.25 * LN2 + 0.75 * 0.5625 * 2 * LN2 + 0.25 * 0.5625 * 2 * LN2;
        assertEquals(expected / 3, result.value(), 1e-15);
    }

    @Test
    void isHalfOfCrossEntropyWhenItFavoursNothing() {
        INDArray labels = Nd4j.createFromArray(1.0, 0.0, 1.0);
        Result result = new BinaryFocalLoss(0, 0.5).evaluate(logits(), labels, null);
        assertEquals(
                Losses.binaryCrossEntropy().evaluate(logits(), labels, null).value() / 2, result.value(), 1e-15);
    }

    @Test
    void hasAGradientForFractionalPowersToo() {
        INDArray logits = Nd4j.createFromArray(0.3, 40, -40, 2).reshape(4, 1);
        LossCheck.gradient(new BinaryFocalLoss(0.5, 0.3), logits, Nd4j.createFromArray(1.0, 1.0, 1.0, 0.0), null);
    }

    @Test
    void refusesBadSettings() {
        assertThrows(IllegalArgumentException.class, () -> Losses.binaryFocal(-1));
        assertThrows(IllegalArgumentException.class, () -> new BinaryFocalLoss(2, 1.5));
    }
}
