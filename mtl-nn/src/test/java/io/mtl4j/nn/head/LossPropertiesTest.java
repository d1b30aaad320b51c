package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.GradientCheck;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Laws that hold for all logits, of whatever size. */
class LossPropertiesTest {

    private static INDArray logits(long seed, double scale, int rows, int classes) {
        return GradientCheck.array(GradientCheck.random(seed), scale, rows, classes);
    }

    private static INDArray numbers(long seed, int rows, int classes) {
        double[] labels = new double[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = Math.floorMod(seed + 7L * i, classes);
        }
        return Nd4j.createFromArray(labels);
    }

    @Property(tries = 100)
    void softmaxLossesIgnoreWhatIsAddedToAllLogitsOfARow(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 2, max = 6) int classes,
            @ForAll @DoubleRange(min = -1000, max = 1000) double shift) {
        INDArray logits = logits(seed, 3, rows, classes);
        INDArray labels = numbers(seed, rows, classes);
        for (LossFunction loss : List.of(new CrossEntropy(0.1, List.of()), Losses.focal(2))) {
            Result plain = loss.evaluate(logits, labels, null);
            Result shifted = loss.evaluate(logits.add(shift), labels, null);
            assertEquals(plain.value(), shifted.value(), 1e-9);
            for (int r = 0; r < rows; r++) {
                assertEquals(0, plain.gradient().getRow(r).sumNumber().doubleValue(), 1e-12);
            }
        }
    }

    @Property(tries = 100)
    void lossesAreFiniteAndNotNegativeForLogitsOfAnySize(
            @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1e6) double scale) {
        INDArray logits = logits(seed, scale, 4, 3);
        INDArray labels = numbers(seed, 4, 3);
        INDArray yes = logits(seed + 1, 1, 4, 3).gt(0).castTo(logits.dataType());
        for (LossFunction loss : List.of(Losses.crossEntropy(), Losses.focal(0.5), Losses.focal(2))) {
            finite(loss.evaluate(logits, labels, null));
        }
        for (LossFunction loss : List.of(Losses.binaryCrossEntropy(3), Losses.binaryFocal(0.5), Losses.huber(1))) {
            finite(loss.evaluate(logits, yes, null));
        }
    }

    private static void finite(Result result) {
        assertTrue(Double.isFinite(result.value()) && result.value() >= 0, "value " + result.value());
        assertTrue(Double.isFinite(result.gradient().norm1Number().doubleValue()));
    }

    @Property(tries = 50)
    void twoClassesWithSoftmaxAreOneYesOrNoWithSigmoid(@ForAll long seed) {
        INDArray logits = logits(seed, 4, 5, 1);
        INDArray pair = Nd4j.hstack(Nd4j.zerosLike(logits), logits);
        INDArray labels = numbers(seed, 5, 2);
        assertEquals(
                Losses.binaryCrossEntropy().evaluate(logits, labels, null).value(),
                Losses.crossEntropy().evaluate(pair, labels, null).value(),
                1e-12);
    }
}
