package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ClassificationHeadTest extends HeadContract {

    private static final TaskHead HEAD = Tasks.classification("digit", 3)
            .hidden(6, 5)
            .activation(Activation.TANH)
            .labelSmoothing(0.1)
            .classWeights(1, 2, 0.5);

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    INDArray labels(RandomGenerator random) {
        return Nd4j.createFromArray(
                IntStream.range(0, BATCH).mapToDouble(i -> random.nextInt(3)).toArray());
    }

    @Override
    double badLabel() {
        return 12;
    }

    private static String refusal(INDArray labels, INDArray mask, int batch) {
        return assertThrows(IllegalArgumentException.class, () -> HEAD.checkLabels(labels, mask, batch))
                .getMessage();
    }

    @Test
    void saysWhichLabelIsWrongAndWhere() {
        assertEquals(
                "task \"digit\": label 12 at example 3; classes are 0 to 2",
                refusal(Nd4j.createFromArray(0.0, 1.0, 2.0, 12.0), null, 4));
        assertEquals(
                "task \"digit\": label 1.5 at example 1; classes are 0 to 2",
                refusal(Nd4j.createFromArray(0.0, 1.5), null, 2));
        assertEquals(
                "task \"digit\": label -1 at example 0; classes are 0 to 2",
                refusal(Nd4j.createFromArray(-1.0, 1), null, 2));
        assertEquals(
                "task \"digit\": labels of shape [2, 4] for 2 examples;"
                        + " give class numbers [2] or class probabilities [2, 3]",
                refusal(Nd4j.zeros(2, 4), null, 2));
        assertEquals(
                "task \"digit\": label mask [2] holds 0.5;"
                        + " it must be 1 where there is a label and 0 where there is none",
                refusal(Nd4j.zeros(2), Nd4j.createFromArray(1, 0.5), 2));
    }

    @Test
    void softLabelsMustBeProbabilities() {
        HEAD.checkLabels(Nd4j.createFromArray(new double[][] {{0.2, 0.3, 0.5}, {1, 0, 0}}), null, 2);
        HEAD.checkLabels(Nd4j.createFromArray(new double[][] {{0.2, Double.NaN, 0.5}, {1, 0, 0}}), null, 2);
        assertEquals(
                "task \"digit\": class probabilities at example 1 sum to 0.9000; they must sum to 1",
                refusal(Nd4j.createFromArray(new double[][] {{0.2, 0.3, 0.5}, {0.2, 0.2, 0.5}}), null, 2));
        assertEquals(
                "task \"digit\": probability -0.2 of class 1 at example 0; it must be from 0 to 1",
                refusal(Nd4j.createFromArray(new double[][] {{0.2, -0.2, 1}}), null, 1));
    }

    @Test
    void answersWithTheMostProbableClassAndItsName() {
        TaskHead named = HEAD.classNames("zero", "one", "two");
        INDArray logits = Nd4j.createFromArray(new double[][] {{0, Math.log(2), 0}, {3, 3, 3}});
        List<TaskPrediction> answers = named.decode(named.activate(logits), null);
        assertEquals("one", answers.get(0).label());
        assertArrayEquals(new double[] {0.25, 0.5, 0.25}, answers.get(0).probabilities(), 1e-15);
        assertEquals("zero", answers.get(1).label());
    }

    @Test
    void measuresAccuracyOfNumbersAndOfSoftLabels() {
        INDArray outputs = Nd4j.createFromArray(new double[][] {{0.8, 0.1, 0.1}, {0.1, 0.6, 0.3}, {0.3, 0.3, 0.4}});
        TaskMetrics numbers = HEAD.newMetrics();
        HEAD.score(numbers, outputs, Nd4j.createFromArray(0.0, 2.0, 2.0), null);
        assertEquals(2.0 / 3, numbers.value("accuracy"), 1e-15);
        TaskMetrics soft = HEAD.newMetrics();
        INDArray labels = Nd4j.createFromArray(new double[][] {{0.6, 0.4, 0}, {0.4, 0.6, 0}, {1, 0, 0}});
        HEAD.score(soft, outputs, labels, Nd4j.createFromArray(1.0, 1.0, 0.0));
        assertEquals(1, soft.value("accuracy"));
    }

    @Test
    void labelsMayBeAColumn() {
        INDArray column = Nd4j.createFromArray(0.0, Double.NaN, 2.0).reshape(3, 1);
        HEAD.checkLabels(column, null, 3);
        assertEquals(Nd4j.createFromArray(1f, 0f, 1f), HEAD.effectiveMask(column, null, null));
    }

    @Test
    void poolsSequencesIntoOneAnswer() {
        TaskHead last = HEAD.pool(SequencePool.Kind.LAST);
        for (TaskHead head : List.of(HEAD, last)) {
            Shape shape = head.network(Shape.sequence(4))
                    .bind(Shape.sequence(4), Binder.create())
                    .outputShape();
            assertEquals(Shape.vector(3), shape);
        }
    }
}
