package io.mtl4j.nn.head;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.Shape;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PixelRegressionHeadTest extends HeadContract {

    private static final TaskHead HEAD = Tasks.pixelRegression("flow", 2).upsample(2);
    private static final TaskHead DEPTH = Tasks.pixelRegression("depth", 1);

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    Shape representation() {
        return Shape.image(3, 2, 1);
    }

    @Override
    INDArray logits() {
        return array(random(5), 2, BATCH, 2, 4, 2);
    }

    @Override
    INDArray labels(RandomGenerator random) {
        return array(random, 1, BATCH, 2, 4, 2);
    }

    @Override
    double badLabel() {
        return Double.POSITIVE_INFINITY;
    }

    @Test
    void oneValueAPixelNeedsNoChannelInLabelsAndMasks() {
        INDArray logits = array(random(3), 1, 2, 1, 3, 2);
        INDArray labels = array(random(4), 1, 2, 1, 3, 2);
        labels.putScalar(4, Double.NaN);
        INDArray flat = labels.reshape(2, 3, 2);
        DEPTH.checkLabels(flat, Nd4j.ones(2, 3, 2), 2);
        Result full = DEPTH.loss().evaluate(logits, labels, DEPTH.effectiveMask(labels, null, null));
        INDArray mask = DEPTH.effectiveMask(flat, Nd4j.ones(2, 3, 2), null);
        Result brief = DEPTH.loss().evaluate(logits, flat, mask);
        assertEquals(full, brief);
        assertEquals(11, full.count());
        TaskMetrics metrics = DEPTH.newMetrics();
        DEPTH.score(metrics, logits, flat, mask);
        assertEquals(full.value(), metrics.value("mse"), 1e-12);
    }

    @Test
    void answersARowOfValuesForEachPixel() {
        INDArray outputs =
                Nd4j.createFromArray(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0).reshape(1, 2, 2, 2);
        TaskPrediction answer = HEAD.decode(outputs, null).get(0);
        assertEquals(4, answer.values().size());
        assertArrayEquals(new double[] {2, 6}, answer.values().get(1));
    }

    @Test
    void saysWhatIsWrong() {
        INDArray labels = Nd4j.zeros(1, 3, 2).putScalar(3, Double.NEGATIVE_INFINITY);
        assertEquals(
                "task \"depth\": label -Infinity at example 0, row 1, column 1; it must be finite, or NaN if missing",
                assertThrows(IllegalArgumentException.class, () -> DEPTH.checkLabels(labels, null, 1))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> DEPTH.loss().evaluate(Nd4j.zeros(1, 1, 2, 2), Nd4j.zeros(1, 4, 4), null));
        assertEquals("rmse", DEPTH.task().metric());
        assertEquals("huber", DEPTH.loss(Losses.huber(1)).task().loss());
    }
}
