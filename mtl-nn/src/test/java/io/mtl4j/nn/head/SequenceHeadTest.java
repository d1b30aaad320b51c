package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SequenceHeadTest {

    private static final double GONE = Double.NaN;

    private final SequenceHead head = Tasks.sequence("word", 3).tokenNames("a", "b", "c");

    private static INDArray labels() {
        return Nd4j.create(new double[][] {{2, 0, 1}, {1, GONE, GONE}, {GONE, GONE, GONE}, {0, 0, GONE}});
    }

    private static INDArray logits() {
        return GradientCheck.array(GradientCheck.random(3), 2, 4, 4, 4);
    }

    private String refused(INDArray labels, INDArray mask) {
        return assertThrows(IllegalArgumentException.class, () -> head.checkLabels(labels, mask, 4))
                .getMessage();
    }

    @Test
    void lossIsTheMeanOverTokensAndEnds() {
        INDArray logits = logits();
        LossFunction.Result loss = head.loss().evaluate(logits, labels(), null);
        int[][] truth = {{2, 0, 1, 3}, {1, 3}, {}, {0, 0, 3}};
        double sum = 0;
        for (int b = 0; b < 4; b++) {
            for (int t = 0; t < truth[b].length; t++) {
                double total = 0;
                for (int c = 0; c < 4; c++) {
                    total += Math.exp(logits.getDouble(b, t, c));
                }
                sum += Math.log(total) - logits.getDouble(b, t, truth[b][t]);
            }
        }
        assertEquals(9, loss.count());
        assertEquals(sum / 9, loss.value(), 1e-12);
        LossCheck.gradient(head.labelSmoothing(0.1).loss(), logits, labels(), null);
    }

    @Test
    void aMaskTakesWholeSequencesOut() {
        INDArray mask = Nd4j.createFromArray(0.0, 1.0, 1.0, 1.0);
        INDArray effective = head.effectiveMask(labels(), mask, null);
        LossFunction.Result masked = head.loss().evaluate(logits(), labels(), effective);
        INDArray fewer = labels();
        fewer.get(NDArrayIndex.point(0)).assign(GONE);
        assertEquals(head.loss().evaluate(logits(), fewer, null), masked);
        assertEquals(5, masked.count());
    }

    @Test
    void metricsAreOfTheTokensThatWereChosen() {
        INDArray free = Nd4j.zeros(DataType.DOUBLE, 4, 3, 5);
        int[][] chosen = {{2, 0, 1}, {1, 1, 3}, {0, 3, 3}, {3, 3, 3}};
        for (int b = 0; b < 4; b++) {
            for (int t = 0; t < 3; t++) {
                free.putScalar(new int[] {b, t, 4}, chosen[b][t]);
            }
        }
        INDArray outputs = head.activate(free);
        TaskMetrics metrics = head.newMetrics();
        head.score(metrics, outputs, labels(), null);
        assertEquals(1.0 / 3, metrics.value("exact-match"), 1e-15);
        assertEquals(4.0 / 7, metrics.value("token-accuracy"), 1e-15);
        assertEquals(3.0 / 6, metrics.value("edit-distance"), 1e-15);
        List<TaskPrediction> answers = head.decode(outputs, null);
        assertEquals(List.of("c", "a", "b"), answers.get(0).labels());
        assertEquals(List.of(1, 1), answers.get(1).classes());
        assertEquals(List.of(), answers.get(3).classes());
        assertArrayEquals(
                new double[] {0.25, 0.25, 0.25, 0.25}, answers.get(1).values().get(1), 1e-12);
    }

    @Test
    void withoutChoicesTheMostProbableTokenIsTaken() {
        INDArray outputs = head.activate(logits());
        assertArrayEquals(new long[] {4, 4, 5}, outputs.shape());
        for (int t = 0; t < 4; t++) {
            INDArray row = logits().get(NDArrayIndex.point(1), NDArrayIndex.point(t), NDArrayIndex.all());
            assertEquals(row.argMax().getDouble(0), outputs.getDouble(1, t, 4));
        }
    }

    @Test
    void checksLabels() {
        head.checkLabels(labels(), null, 4);
        INDArray bad = labels();
        bad.putScalar(0, 1, 3);
        String message = refused(bad, null);
        assertTrue(message.contains("\"word\"") && message.contains("token 3.0 at example 0, place 1"), message);
        head.checkLabels(bad, Nd4j.createFromArray(0.0, 1.0, 1.0, 1.0), 4);
        INDArray hole = labels();
        hole.putScalar(0, 1, GONE);
        assertTrue(refused(hole, null).contains("after the end"));
        assertTrue(refused(Nd4j.zeros(DataType.DOUBLE, 3, 2), null).contains("[3, 2] for 4 examples"));
        refused(labels(), Nd4j.valueArrayOf(new long[] {4}, 0.5));
    }

    @Test
    void choosesItsMetricAndRefusesWhatIsNotForIt() {
        assertEquals(TaskKind.SEQUENCE, head.task().kind());
        assertEquals("exact-match", head.task().metric());
        assertEquals("edit-distance", head.metric("edit-distance").task().metric());
        assertThrows(IllegalArgumentException.class, () -> head.metric("auc"));
        assertThrows(IllegalArgumentException.class, () -> head.loss(Losses.meanSquaredError()));
        assertThrows(IllegalArgumentException.class, () -> head.loss(new CrossEntropy(0, List.of(1.0, 2.0, 3.0))));
        assertThrows(IllegalArgumentException.class, () -> head.network(Shape.image(1, 2, 2)));
        assertThrows(IllegalArgumentException.class, () -> head.beam(0));
        assertThrows(IllegalArgumentException.class, () -> head.dropout(1));
    }

    @Test
    void labelsOfDifferentLengthsAreFilledUpWithNaN() {
        Labels labels = Labels.sequences(new int[][] {{1, 2, 0}, {2}, null, {}});
        assertEquals(4, labels.size());
        INDArray batch = labels.gather(new int[] {1, 0, 2});
        assertArrayEquals(new long[] {3, 3}, batch.shape());
        assertArrayEquals(
                new float[] {2, Float.NaN, Float.NaN, 1, 2, 0, Float.NaN, Float.NaN, Float.NaN},
                batch.reshape(9).toFloatVector());
        assertArrayEquals(
                new long[] {2, 1},
                labels.subset(new int[] {2, 3}).gather(new int[] {0, 1}).shape());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Labels.sequences(new int[][] {{0}, {1, -1}}))
                .getMessage();
        assertTrue(message.contains("example 1, place 1"), message);
    }
}
