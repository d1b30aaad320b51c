package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TaggingHeadTest extends HeadContract {

    private static final TaskHead HEAD = Tasks.tagging("slot", 3)
            .classNames("O", "B-CITY", "I-CITY")
            .hidden(5)
            .activation(Activation.TANH);
    private static final double NONE = Double.NaN;

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
                .mapToObj(i -> new double[] {random.nextInt(3), 1, random.nextInt(3)})
                .toArray(double[][]::new));
    }

    @Override
    double badLabel() {
        return 3;
    }

    /** Probabilities that say the given tags for sure enough. */
    private static INDArray say(int[]... tags) {
        INDArray outputs = Nd4j.valueArrayOf(new long[] {tags.length, tags[0].length, 3}, 0.1);
        for (int i = 0; i < tags.length; i++) {
            for (int t = 0; t < tags[i].length; t++) {
                outputs.putScalar(i, t, tags[i][t], 0.8);
            }
        }
        return outputs;
    }

    @Test
    void answersEachRealStep() {
        INDArray steps = Nd4j.createFromArray(new double[][] {{1, 1, 0}, {1, 1, 1}});
        List<TaskPrediction> answers = HEAD.decode(say(new int[] {1, 2, 0}, new int[] {0, 0, 1}), steps);
        assertEquals(List.of("B-CITY", "I-CITY"), answers.get(0).labels());
        assertEquals(2, answers.get(0).values().size());
        assertEquals(List.of("O", "O", "B-CITY"), answers.get(1).labels());
    }

    @Test
    void maskJoinsGivenMaskPaddingAndMissingTags() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, NONE, 1}, {0, 1, NONE}, {2, 2, 2}});
        INDArray steps = Nd4j.createFromArray(new double[][] {{1, 1, 1}, {1, 0, 0}, {1, 1, 1}});
        INDArray sequences = Nd4j.createFromArray(1.0, 1.0, 0.0);
        assertEquals(
                Nd4j.createFromArray(new float[][] {{1, 0, 1}, {1, 0, 0}, {0, 0, 0}}),
                HEAD.effectiveMask(labels, sequences, steps));
        assertNull(HEAD.effectiveMask(Nd4j.zeros(3, 3), null, null));
    }

    @Test
    void measuresEntitiesOnRealStepsOnly() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, 2, NONE}, {0, 1, 0}});
        TaskMetrics metrics = HEAD.newMetrics();
        HEAD.score(
                metrics, say(new int[] {1, 2, 2}, new int[] {0, 0, 0}), labels, HEAD.effectiveMask(labels, null, null));
        assertEquals(4 / 5.0, metrics.value("accuracy"), 1e-15);
        assertEquals(1, metrics.value("precision-entity"));
        assertEquals(0.5, metrics.value("recall-entity"), 1e-15);
    }

    @Test
    void saysWhichStepIsWrong() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, 2, NONE}, {0, 1, 5}});
        assertEquals(
                "task \"slot\": label 5 at example 1, step 2; classes are 0 to 2",
                assertThrows(IllegalArgumentException.class, () -> HEAD.checkLabels(labels, null, 2))
                        .getMessage());
    }

    @Test
    void takesTagProbabilitiesToo() {
        INDArray labels = say(new int[] {1, 2, 0}, new int[] {0, 0, 1});
        HEAD.checkLabels(labels, null, 2);
        assertEquals(6, HEAD.loss().evaluate(Nd4j.zeros(2, 3, 3), labels, null).count());
    }

    @Test
    void needsARepresentationWithSteps() {
        String message = assertThrows(IllegalArgumentException.class, () -> HEAD.network(Shape.vector(128)))
                .getMessage();
        assertEquals(
                "task \"slot\" answers at each step of a sequence, but its representation is vector(128);"
                        + " use an encoder that keeps the steps",
                message);
    }

    @Test
    void isJudgedByEntitiesIfTheNamesMarkThem() {
        assertEquals("f1-entity", HEAD.task().metric());
        assertEquals("accuracy", Tasks.tagging("pos", 3).task().metric());
        assertEquals(
                "accuracy",
                HEAD.metric("accuracy").classNames("O", "B-X", "I-X").task().metric());
        assertTrue(HEAD.newMetrics().values().stream().anyMatch(m -> m.name().equals("f1-entity")));
    }
}
