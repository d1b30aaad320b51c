package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.head.LossFunction.Result;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BinaryHeadTest extends HeadContract {

    private static final TaskHead HEAD =
            Tasks.binary("income").classNames("low", "high").classWeights(3);

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    INDArray labels(RandomGenerator random) {
        return Nd4j.createFromArray(1.0, 0.0, random.nextInt(2), 0.25, 1.0);
    }

    @Override
    double badLabel() {
        return 2;
    }

    @Test
    void answersYesAboveOneHalf() {
        INDArray logits = Nd4j.createFromArray(Math.log(3), 0, -5).reshape(3, 1);
        List<TaskPrediction> answers = HEAD.decode(HEAD.activate(logits), null);
        assertEquals(
                List.of("high", "low", "low"),
                answers.stream().map(TaskPrediction::label).toList());
        assertEquals(0.75, answers.get(0).value(), 1e-15);
    }

    @Test
    void measuresAucAndAccuracy() {
        INDArray outputs = Nd4j.createFromArray(0.9, 0.6, 0.4, 0.1).reshape(4, 1);
        TaskMetrics metrics = HEAD.newMetrics();
        HEAD.score(metrics, outputs, Nd4j.createFromArray(1.0, 0.0, 1.0, 0.0), null);
        assertEquals(0.75, metrics.value("auc"), 1e-15);
        assertEquals(0.5, metrics.value("accuracy"), 1e-15);
    }

    @Test
    void readsAColumnOfLabelsLikeAVector() {
        INDArray logits = Nd4j.createFromArray(0.5, -1, 2).reshape(3, 1);
        INDArray labels = Nd4j.createFromArray(1.0, Double.NaN, 0);
        INDArray column = labels.reshape(3, 1);
        Result vector = HEAD.loss().evaluate(logits, labels, HEAD.effectiveMask(labels, null, null));
        assertEquals(vector, HEAD.loss().evaluate(logits, column, HEAD.effectiveMask(column, null, null)));
    }

    @Test
    void needsTwoNames() {
        assertThrows(IllegalArgumentException.class, () -> HEAD.classNames("high"));
    }
}
