package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RankingHeadTest extends HeadContract {

    private static final TaskHead HEAD = Tasks.ranking("relevance").hidden(5).activation(Activation.TANH);

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    Shape representation() {
        return Shape.sequence(4);
    }

    @Override
    int choices() {
        return STEPS;
    }

    @Override
    INDArray labels(RandomGenerator random) {
        INDArray labels = Nd4j.create(DataType.DOUBLE, BATCH, STEPS);
        for (int i = 0; i < BATCH; i++) {
            labels.putScalar(i, 1, 2);
            labels.putScalar(i, 2, random.nextInt(2));
        }
        return labels;
    }

    @Override
    double badLabel() {
        return -1;
    }

    @Test
    void answersTheOrderOfRealItemsAndTheirScores() {
        INDArray scores = Nd4j.createFromArray(1.0, 3.0, 2.0, 5.0).reshape(1, 4, 1);
        INDArray steps = Nd4j.createFromArray(new double[][] {{1, 1, 1, 0}});
        TaskPrediction answer = HEAD.decode(scores, steps).get(0);
        assertEquals(List.of(1, 2, 0), answer.classes());
        assertEquals(List.of("1", "2", "0"), answer.labels());
        assertArrayEquals(new double[] {1, 3, 2}, answer.values().get(0));
    }

    @Test
    void saysWhatIsWrong() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 1}, {31, Double.NaN}});
        assertEquals(
                "task \"relevance\": relevance 31.0 at example 1, item 0; it must be from 0 to 30.0, or NaN if missing",
                assertThrows(IllegalArgumentException.class, () -> HEAD.checkLabels(labels, null, 2))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> HEAD.classNames("document"));
        assertThrows(IllegalArgumentException.class, () -> HEAD.loss(Losses.crossEntropy()));
        assertThrows(
                IllegalArgumentException.class, () -> Tasks.regression("r", 1).loss(Losses.rankNet()));
        assertEquals("lambdarank", HEAD.loss(Losses.lambdaRank()).task().loss());
    }
}
