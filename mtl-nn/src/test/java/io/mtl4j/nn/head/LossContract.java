package io.mtl4j.nn.head;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What every loss must do. */
abstract class LossContract {

    static final int OUTPUTS = 3;
    private static final double[] PRESENT = {1, 1, 0, 1, 0, 1};
    private static final int[] PRESENT_ROWS = {0, 1, 3, 5};

    abstract LossFunction loss();

    /** A label for a row of {@link #OUTPUTS} logits: a class number, or a value for each output. */
    abstract double[] label(RandomGenerator random);

    final INDArray labels(int rows) {
        RandomGenerator random = random(17);
        double[][] labels = new double[rows][];
        for (int r = 0; r < rows; r++) {
            labels[r] = label(random);
        }
        return Nd4j.createFromArray(labels);
    }

    private static INDArray logits(long... shape) {
        return array(random(3), 1.5, shape);
    }

    private static INDArray mask() {
        return Nd4j.createFromArray(PRESENT);
    }

    private static INDArray withNaN(INDArray labels) {
        INDArray broken = labels.dup();
        broken.getRow(2).assign(Double.NaN);
        broken.getRow(4).assign(Double.NaN);
        return broken;
    }

    @Test
    void hasAName() {
        assertTrue(loss().name().matches("[a-z][a-z0-9-]+"), loss().name());
    }

    @Test
    void gradientMatchesFiniteDifferences() {
        LossCheck.gradient(loss(), logits(6, OUTPUTS), labels(6), null);
        LossCheck.gradient(loss(), logits(6, OUTPUTS), withNaN(labels(6)), mask());
    }

    @Test
    void gradientMatchesFiniteDifferencesOnSequences() {
        INDArray flat = labels(6);
        INDArray labels = flat.reshape(2, 3, flat.size(1));
        LossCheck.gradient(loss(), logits(2, 3, OUTPUTS), labels, null);
        LossCheck.gradient(loss(), logits(2, 3, OUTPUTS), labels, mask().reshape(2, 3));
    }

    @Test
    void aMissingLabelIsAsGoodAsNoExample() {
        INDArray logits = logits(6, OUTPUTS);
        Result masked = loss().evaluate(logits, withNaN(labels(6)), mask());
        Result without = loss().evaluate(logits.getRows(PRESENT_ROWS), labels(6).getRows(PRESENT_ROWS), null);
        assertEquals(without.value(), masked.value());
        assertEquals(without.count(), masked.count());
        assertEquals(without.gradient(), masked.gradient().getRows(PRESENT_ROWS));
        assertEquals(Nd4j.zeros(DataType.DOUBLE, 2, OUTPUTS), masked.gradient().getRows(2, 4));
    }

    @Test
    void isAMeanSoThatRepeatingABatchChangesNothing() {
        INDArray logits = logits(6, OUTPUTS);
        Result once = loss().evaluate(logits, labels(6), null);
        Result twice = loss().evaluate(Nd4j.vstack(logits, logits), Nd4j.vstack(labels(6), labels(6)), null);
        assertEquals(once.value(), twice.value(), 1e-12);
        assertEquals(2 * once.count(), twice.count());
    }

    @Test
    void aBatchWithoutLabelsGivesNaNAndNoGradient() {
        Result none = loss().evaluate(logits(6, OUTPUTS), labels(6).mul(Double.NaN), Nd4j.zeros(DataType.DOUBLE, 6));
        assertTrue(Double.isNaN(none.value()));
        assertEquals(0, none.count());
        assertEquals(Nd4j.zeros(DataType.DOUBLE, 6, OUTPUTS), none.gradient());
    }

    @Test
    void staysFiniteForExtremeLogits() {
        INDArray logits =
                logits(6, OUTPUTS).gt(0).castTo(DataType.FLOAT).mul(2e4).sub(1e4);
        Result result = loss().evaluate(logits, labels(6).castTo(DataType.FLOAT), null);
        assertTrue(Double.isFinite(result.value()) && result.value() >= 0, "value " + result.value());
        assertEquals(DataType.FLOAT, result.gradient().dataType());
        assertEquals(
                0, result.gradient().isNaN().castTo(DataType.INT32).sumNumber().intValue());
        assertEquals(
                0,
                result.gradient()
                        .isInfinite()
                        .castTo(DataType.INT32)
                        .sumNumber()
                        .intValue());
    }

    @Test
    void readsViewsAndColumnMajorArrays() {
        INDArray logits = logits(6, OUTPUTS);
        INDArray wide = array(random(8), 1, 8, OUTPUTS + 2);
        INDArray view = wide.get(NDArrayIndex.interval(1, 7), NDArrayIndex.interval(1, 1 + OUTPUTS));
        view.assign(logits);
        Result plain = loss().evaluate(logits, labels(6), mask());
        Result viewed = loss().evaluate(view, labels(6).dup('f'), mask());
        assertEquals(plain.value(), viewed.value());
        assertEquals(plain.gradient(), viewed.gradient());
        assertEquals(
                plain.gradient(),
                loss().evaluate(logits.dup('f'), labels(6), mask()).gradient());
    }

    @Test
    void refusesLabelsAndMasksOfOtherSizes() {
        INDArray logits = logits(6, OUTPUTS);
        assertThrows(IllegalArgumentException.class, () -> loss().evaluate(logits, labels(5), null));
        assertThrows(IllegalArgumentException.class, () -> loss().evaluate(logits, labels(6), Nd4j.ones(5)));
    }

    @Test
    void equalSettingsAreEqualAndTheGradientIsNotAlwaysZero() {
        assertEquals(loss(), loss());
        assertNotEquals(
                0,
                loss().evaluate(logits(6, OUTPUTS), labels(6), null)
                        .gradient()
                        .norm1Number()
                        .doubleValue());
    }
}
