package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MultiLabelHeadTest extends HeadContract {

    private static final TaskHead HEAD =
            Tasks.multiLabel("genres", 3).classNames("a", "b", "c").hidden(4).activation(Activation.GELU);

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    INDArray labels(RandomGenerator random) {
        return Nd4j.createFromArray(IntStream.range(0, BATCH)
                .mapToObj(i -> new double[] {random.nextInt(2), random.nextInt(2), i % 2})
                .toArray(double[][]::new));
    }

    @Override
    double badLabel() {
        return -0.5;
    }

    @Test
    void answersAllLabelsAboveOneHalf() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{1, -1, 2}, {-1, -1, 0}});
        List<TaskPrediction> answers = HEAD.decode(HEAD.activate(logits), null);
        assertEquals(List.of("a", "c"), answers.get(0).labels());
        assertEquals(List.of(), answers.get(1).labels());
    }

    @Test
    void labelsMayBeMissingOneByOne() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, Double.NaN, 0}, {0, 1, 1}});
        INDArray mask = HEAD.effectiveMask(labels, Nd4j.createFromArray(new double[][] {{1, 1, 1}, {1, 1, 0}}), null);
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 0, 1}, {1, 1, 0}}), mask);
        assertEquals(4, HEAD.loss().evaluate(Nd4j.zeros(2, 3), labels, mask).count());
        TaskMetrics metrics = HEAD.newMetrics();
        INDArray outputs = Nd4j.createFromArray(new double[][] {{0.9, 0.9, 0.9}, {0.1, 0.9, 0.1}});
        HEAD.score(metrics, outputs, labels, mask);
        assertEquals(2 * 2 / (2 * 2 + 1.0), metrics.value("f1-micro"), 1e-15);
    }

    @Test
    void saysWhichLabelIsWrongAndWhere() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 7, 1}});
        assertEquals(
                "task \"genres\": label 7.0 at example 1, output 1;"
                        + " it must be 0 (does not apply), 1 (applies) or a probability between",
                assertThrows(IllegalArgumentException.class, () -> HEAD.checkLabels(labels, null, 2))
                        .getMessage());
    }
}
