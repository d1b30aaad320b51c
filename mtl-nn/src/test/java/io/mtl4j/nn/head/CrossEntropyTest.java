package io.mtl4j.nn.head;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CrossEntropyTest {

    private static final CrossEntropy PLAIN = Losses.crossEntropy();
    private static final CrossEntropy FULL = new CrossEntropy(0.1, List.of(0.5, 2.0, 1.5));
    private static final double LN2 = Math.log(2);

    private static INDArray doubles(double[]... rows) {
        return Nd4j.createFromArray(rows);
    }

    /** Rows whose softmax is (1/2, 1/4, 1/4) and (1/4, 1/4, 1/2). */
    private static INDArray halves() {
        return doubles(new double[] {LN2, 0, 0}, new double[] {5, 5, 5 + LN2});
    }

    @Test
    void givesTheMeanNegativeLogProbabilityOfTheTrueClasses() {
        Result result = PLAIN.evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), null);
        assertEquals((LN2 + 2 * LN2) / 2, result.value(), 1e-15);
        assertEquals(2, result.count());
        assertEquals(
                doubles(new double[] {-0.25, 0.125, 0.125}, new double[] {0.125, -0.375, 0.25}), result.gradient());
    }

    @Test
    void dividesByTheWeightsOfTheTrueClasses() {
        CrossEntropy weighted = new CrossEntropy(0, List.of(3.0, 1.0, 7.0));
        Result result = weighted.evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), null);
        assertEquals((3 * LN2 + 1 * 2 * LN2) / 4, result.value(), 1e-15);
    }

    @Test
    void smoothingMixesTheLabelsWithAllClasses() {
        Result result = new CrossEntropy(0.3, List.of())
                .evaluate(halves().getRows(0), Nd4j.createFromArray(new double[] {0}), null);
        assertEquals(0.8 * LN2 + 0.1 * 2 * LN2 + 0.1 * 2 * LN2, result.value(), 1e-15);
    }

    @Test
    void smoothingWithWeightsDividesByTheWeightOfTheTrueClassOnly() {
        CrossEntropy loss = new CrossEntropy(0.3, List.of(3.0, 1.0, 7.0));
        Result result = loss.evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), null);
        double first = 3 * 0.8 * LN2 + 1 * 0.1 * 2 * LN2 + 7 * 0.1 * 2 * LN2;
        double second = 3 * 0.1 * 2 * LN2 + 1 * 0.8 * 2 * LN2 + 7 * 0.1 * LN2;
        assertEquals((first + second) / 4, result.value(), 1e-14);
    }

    @Test
    void oneHotRowsAgreeWithClassNumbers() {
        INDArray logits = array(random(1), 2, 2, 3);
        INDArray oneHot = doubles(new double[] {0, 0, 1}, new double[] {1, 0, 0});
        assertEquals(FULL.evaluate(logits, Nd4j.createFromArray(2.0, 0.0), null), FULL.evaluate(logits, oneHot, null));
    }

    @Test
    void gradientsMatchFiniteDifferences() {
        INDArray logits = array(random(1), 2, 4, 3);
        INDArray numbers = Nd4j.createFromArray(0.0, 2.0, Double.NaN, 1.0);
        INDArray soft = array(random(2), 1, 4, 3);
        soft.muli(soft).diviColumnVector(soft.sum(1));
        INDArray mask = Nd4j.createFromArray(1.0, 1.0, 0.0, 1.0);
        for (CrossEntropy loss : List.of(PLAIN, FULL)) {
            LossCheck.gradient(loss, logits, numbers, mask);
            LossCheck.gradient(loss, logits, soft, null);
            LossCheck.gradient(loss, logits, soft, mask.reshape(4, 1));
        }
    }

    @Test
    void worksOnEveryStepOfASequence() {
        INDArray logits = array(random(1), 2, 2, 3, 3);
        INDArray tags = doubles(new double[] {0, 1, 2}, new double[] {2, Double.NaN, Double.NaN});
        INDArray mask = doubles(new double[] {1, 1, 1}, new double[] {1, 0, 0});
        LossCheck.gradient(FULL, logits, tags, mask);
        Result flat = FULL.evaluate(logits.reshape(6, 3), tags.reshape(6), mask.reshape(6));
        Result result = FULL.evaluate(logits, tags, mask);
        assertEquals(4, result.count());
        assertEquals(flat.value(), result.value());
        Result firstOnly = FULL.evaluate(logits, tags, Nd4j.createFromArray(1.0, 0.0));
        assertEquals(3, firstOnly.count());
    }

    @Test
    void staysFiniteAndRightForHugeLogits() {
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            INDArray logits = doubles(new double[] {1e4, -1e4, 0}, new double[] {1e4, -1e4, 0})
                    .castTo(type);
            Result result = PLAIN.evaluate(logits, Nd4j.createFromArray(0.0, 1.0), null);
            assertEquals((0 + 2e4) / 2, result.value());
            assertEquals(
                    doubles(new double[] {0, 0, 0}, new double[] {0.5, -0.5, 0}).castTo(type), result.gradient());
        }
    }

    @Test
    void aBatchWithoutLabelsHasNoLossAndNoGradient() {
        INDArray nothing = Nd4j.createFromArray(Double.NaN, Double.NaN);
        Result result = PLAIN.evaluate(halves(), nothing, Nd4j.createFromArray(0.0, 0.0));
        assertTrue(Double.isNaN(result.value()));
        assertEquals(0, result.count());
        assertEquals(Nd4j.zeros(DataType.DOUBLE, 2, 3), result.gradient());
    }

    @Test
    void aClassOfWeightZeroIsIgnored() {
        CrossEntropy loss = new CrossEntropy(0, List.of(1.0, 0.0, 1.0));
        Result result = loss.evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), null);
        assertEquals(LN2, result.value(), 1e-15);
        assertEquals(1, result.count());
    }

    @Test
    void refusesLabelsMasksAndSettingsThatDoNotFit() {
        assertThrows(
                IllegalArgumentException.class, () -> PLAIN.evaluate(halves(), Nd4j.createFromArray(0.0, 3.0), null));
        assertThrows(IllegalArgumentException.class, () -> PLAIN.evaluate(halves(), Nd4j.createFromArray(1.0), null));
        assertThrows(
                IllegalArgumentException.class,
                () -> PLAIN.evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), Nd4j.ones(3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> PLAIN.evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), Nd4j.ones(2, 3)));
        assertThrows(IllegalArgumentException.class, () -> new CrossEntropy(1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new CrossEntropy(0, List.of(-1.0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CrossEntropy(0, List.of(1.0)).evaluate(halves(), Nd4j.createFromArray(0.0, 1.0), null));
    }
}
