package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TemperedLossTest extends LossContract {

    @Override
    LossFunction loss() {
        return Losses.tempered(Losses.crossEntropy(), 3);
    }

    @Override
    double[] label(RandomGenerator random) {
        double a = random.nextDouble();
        double b = random.nextDouble() * (1 - a);
        return new double[] {a, b, 1 - a - b};
    }

    /** Hinton and others, section 2: for a high temperature and logits of mean 0, the gradient nears (z - z') / C. */
    @Test
    void aHighTemperatureMatchesLogits() {
        INDArray z = Nd4j.createFromArray(new double[][] {{1, -2, 1}});
        double[] teacher = {0.5, 0.5, -1};
        double t = 1e4;
        INDArray q = Nd4j.createFromArray(new double[][] {teacher}).div(t);
        INDArray labels = SoftmaxLoss.softmax(q);
        Result result = Losses.tempered(Losses.crossEntropy(), t).evaluate(z, labels, null);
        for (int c = 0; c < 3; c++) {
            assertEquals((z.getDouble(0, c) - teacher[c]) / 3, result.gradient().getDouble(0, c), 1e-3);
        }
    }

    @Test
    void atTemperatureOneItIsTheLoss() {
        INDArray z = Nd4j.createFromArray(new double[][] {{1}, {-2}});
        INDArray y = Nd4j.createFromArray(new double[][] {{0.3}, {1}});
        Result plain = Losses.binaryCrossEntropy().evaluate(z, y, null);
        Result tempered = Losses.tempered(Losses.binaryCrossEntropy(), 1).evaluate(z, y, null);
        assertEquals(plain.value(), tempered.value());
        assertEquals(plain.gradient(), tempered.gradient());
        assertEquals("tempered-binary-cross-entropy", loss().name().replace("cross", "binary-cross"));
        assertThrows(IllegalArgumentException.class, () -> Losses.tempered(Losses.crossEntropy(), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> Tasks.binary("yes").loss(Losses.tempered(Losses.crossEntropy(), 2)));
    }
}
