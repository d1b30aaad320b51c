package io.mtl4j.nn.head;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CrfHeadTest extends HeadContract {

    private static final TaskHead PLAIN = Tasks.tagging("slot", 3)
            .classNames("O", "B-CITY", "I-CITY")
            .hidden(5)
            .activation(Activation.TANH);
    private static final TaskHead HEAD = PLAIN.crf();

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    INDArray logits() {
        return array(random(5), 2, BATCH, 3 + 2 + STEPS, 3);
    }

    @Override
    long[] outputShape() {
        return new long[] {BATCH, STEPS, 4};
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

    /** Scores of two sequences of three steps, the last of the second being padding. */
    private static INDArray scores() {
        INDArray scores = array(random(21), 2, 2, 3 + 2 + 3, 3);
        scores.slice(1).getRow(7).assign(Double.NEGATIVE_INFINITY);
        return scores;
    }

    @Test
    void answersTheBestOfAllPathsWithTheProbabilityOfEachTag() {
        INDArray steps = Nd4j.createFromArray(new double[][] {{1, 1, 1}, {1, 1, 0}});
        List<TaskPrediction> answers = HEAD.decode(HEAD.activate(scores()), steps);
        for (int example = 0; example < 2; example++) {
            AllPaths all = AllPaths.of(scores(), example);
            assertEquals(all.best(), answers.get(example).classes());
            for (int t = 0; t < 3 - example; t++) {
                assertArrayEquals(
                        all.tagProbabilities(t), answers.get(example).values().get(t), 1e-12);
            }
            assertEquals(3 - example, answers.get(example).values().size());
        }
    }

    @Test
    void theAnswerIsAPathAndNotTheBestTagOfEachStep() {
        INDArray scores = Nd4j.valueArrayOf(new long[] {1, 3 + 2 + 2, 3}, -100f);
        scores.slice(0).getRow(3).assign(0);
        double[] paths = {0.4, 0.35, 0.25}; // 0 0, 1 2, 2 2: the last step is most likely 2
        int[] behind = {0, 2, 2};
        for (int tag = 0; tag < 3; tag++) {
            scores.putScalar(0, 5, tag, Math.log(paths[tag]));
            scores.putScalar(0, tag, behind[tag], 0);
        }
        scores.slice(0).getRow(4).assign(0);
        scores.slice(0).getRow(6).assign(0);
        TaskPrediction answer = HEAD.decode(HEAD.activate(scores), null).get(0);
        assertEquals(List.of(0, 0), answer.classes());
        assertArrayEquals(new double[] {0.4, 0, 0.6}, answer.values().get(1), 1e-6);
    }

    @Test
    void metricsJudgeThePath() {
        INDArray outputs = HEAD.activate(scores());
        List<TaskPrediction> answers = HEAD.decode(outputs, null);
        INDArray labels = Nd4j.create(2, 3);
        for (int i = 0; i < 2; i++) {
            for (int t = 0; t < 3; t++) {
                labels.putScalar(i, t, answers.get(i).classes().get(t));
            }
        }
        TaskMetrics metrics = HEAD.newMetrics();
        HEAD.score(metrics, outputs, labels, null);
        assertEquals(1, metrics.value("accuracy"));
    }

    @Test
    void isJudgedByEntitiesLikeEveryTagging() {
        assertEquals("f1-entity", HEAD.task().metric());
        assertEquals("crf", HEAD.task().loss());
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertEquals(
                "task \"digit\" of kind MULTI_CLASS: a CRF chooses the tags of a sequence together; use it with"
                        + " Tasks.tagging",
                refusal(() -> Tasks.classification("digit", 10).crf()));
        assertEquals(
                "task \"slot\": loss cross-entropy looks at each step by itself, but a CRF chooses tags together; leave"
                        + " out crf() or loss(...)",
                refusal(() -> HEAD.loss(Losses.crossEntropy())));
        assertEquals(
                "task \"slot\": loss crf needs the scores of pairs of tags; say crf() instead of loss(...)",
                refusal(() -> PLAIN.loss(Losses.crf())));
        assertTrue(refusal(() -> HEAD.classWeights(1, 2, 3)).contains("the loss is crf"));
        INDArray soft = Nd4j.valueArrayOf(new long[] {BATCH, 3, 3}, 1 / 3.0);
        assertEquals(
                "task \"slot\": a CRF takes tag numbers [batch, time], not probabilities of tags; NaN where a tag is not"
                        + " known",
                assertThrows(IllegalArgumentException.class, () -> HEAD.checkLabels(soft, null, BATCH))
                        .getMessage());
    }

    private static String refusal(Supplier<TaskHead> head) {
        return assertThrows(IllegalArgumentException.class, head::get).getMessage();
    }
}
