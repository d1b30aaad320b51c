package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.GradientCheck;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WordLossContractTest extends LossContract {

    @Override
    LossFunction loss() {
        return new WordLoss();
    }

    @Override
    double[] label(RandomGenerator random) {
        return new double[] {random.nextInt(OUTPUTS)};
    }

    @Test
    void aNumberThatIsNoWordIsNamed() {
        INDArray logits = Nd4j.zeros(DataType.FLOAT, 2, 3);
        for (double bad : new double[] {3, -1, 0.5, Double.NaN}) {
            INDArray labels = Nd4j.createFromArray(0, bad);
            String message = assertThrows(
                            IllegalArgumentException.class, () -> new WordLoss().evaluate(logits, labels, null))
                    .getMessage();
            assertEquals("label " + bad + " in row 1; classes are 0 to 2", message);
            assertEquals(
                    Math.log(3),
                    new WordLoss()
                            .evaluate(logits, labels, Nd4j.createFromArray(1.0, 0))
                            .value(),
                    1e-6);
        }
    }

    @Test
    void isTheCrossEntropyInEitherPrecision() {
        INDArray logits = GradientCheck.array(GradientCheck.random(4), 3, 2, 5, 40);
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 39, 7, 3, 3}, {21, 5, 0, 0, 1}});
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 1, 1, 1}, {1, 1, 0, 0, 0}});
        Result exact = new CrossEntropy(0, List.of()).evaluate(logits, labels, mask);
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            double tolerance = type == DataType.DOUBLE ? 1e-12 : 1e-6;
            Result result = new WordLoss().evaluate(logits.castTo(type), labels.castTo(type), mask);
            assertEquals(exact.value(), result.value(), 10 * tolerance);
            assertEquals(7, result.count());
            assertTrue(exact.gradient().equalsWithEps(result.gradient().castTo(DataType.DOUBLE), tolerance));
        }
    }
}
