package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.Shape;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RegressionHeadTest extends HeadContract {

    private static final TaskHead HEAD =
            Tasks.regression("load", 2).loss(Losses.huber(0.5)).standardize(new double[] {10, -4}, new double[] {2, 8});

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    Shape representation() {
        return Shape.sequence(4);
    }

    @Override
    INDArray labels(RandomGenerator random) {
        return Nd4j.createFromArray(IntStream.range(0, BATCH)
                .mapToObj(i -> new double[] {10 + 2 * random.nextGaussian(), -4 + 8 * random.nextGaussian()})
                .toArray(double[][]::new));
    }

    @Override
    double badLabel() {
        return Double.POSITIVE_INFINITY;
    }

    @Test
    void learnsStandardisedLabelsAndAnswersInTheUsersUnits() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{0.5, -1}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{11, -12}});
        assertEquals(0, HEAD.loss().evaluate(logits, labels, null).value());
        assertEquals(labels, HEAD.activate(logits));
        assertArrayEquals(
                new double[] {11, -12},
                HEAD.decode(HEAD.activate(logits), null).get(0).values().get(0));
        Result off = HEAD.loss().evaluate(logits, Nd4j.createFromArray(new double[][] {{12, -12}}), null);
        assertEquals(0.5 * 0.5 / 2 / 2, off.value(), 1e-15);
    }

    @Test
    void measuresInTheUsersUnits() {
        INDArray outputs = Nd4j.createFromArray(new double[][] {{11, -12}, {1, 2}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{14, -8}, {Double.NaN, Double.NaN}});
        TaskMetrics metrics = HEAD.newMetrics();
        HEAD.score(metrics, outputs, labels, HEAD.effectiveMask(labels, null, null));
        assertEquals(3.5, metrics.value("mae"), 1e-15);
    }

    @Test
    void oneOutputTakesAVectorOfLabels() {
        TaskHead one = Tasks.regression("age", 1);
        INDArray labels = Nd4j.createFromArray(20.0, Double.NaN);
        one.checkLabels(labels, null, 2);
        Result result = one.loss()
                .evaluate(Nd4j.createFromArray(23.0, 5.0).reshape(2, 1), labels, one.effectiveMask(labels, null, null));
        assertEquals(9, result.value());
        assertEquals(
                23,
                one.decode(one.activate(Nd4j.createFromArray(23.0).reshape(1, 1)), null)
                        .get(0)
                        .value());
    }

    @Test
    void refusesStatisticsThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> HEAD.standardize(new double[] {1}, new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> HEAD.standardize(new double[] {1, 1}, new double[] {1, 0}));
        assertThrows(IllegalArgumentException.class, () -> HEAD.standardize(new double[] {1, 1}, new double[] {1}));
    }
}
