package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.metric.TaskMetrics;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OrdinalHeadTest extends HeadContract {

    @Override
    Head head() {
        return new OrdinalHead("stars", 4);
    }

    @Override
    INDArray labels(RandomGenerator random) {
        return Nd4j.createFromArray(
                IntStream.range(0, BATCH).mapToDouble(i -> random.nextInt(5)).toArray());
    }

    @Override
    double badLabel() {
        return 5;
    }

    @Test
    void gradesAreNumbersOfThresholdsPassed() {
        INDArray outputs = Nd4j.createFromArray(new double[][] {{0.9, 0.8, 0.3, 0.1}, {0.2, 0.1, 0, 0}});
        assertEquals(2, head().decode(outputs, null).get(0).classIndex());
        TaskMetrics metrics = head().newMetrics();
        head().score(metrics, outputs, Nd4j.createFromArray(4.0, 0.0), null);
        assertEquals(1, metrics.value("grade-error"));
    }
}
