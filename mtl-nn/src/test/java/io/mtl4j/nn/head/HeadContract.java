package io.mtl4j.nn.head;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.metric.MetricValue;
import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What every head must do. The batch has {@link #BATCH} examples. */
abstract class HeadContract {

    static final int BATCH = 5;
    static final int STEPS = 3;

    abstract Head head();

    /** Random labels of {@link #BATCH} examples, none missing. */
    abstract INDArray labels(RandomGenerator random);

    /** A label value that the head must refuse. */
    abstract double badLabel();

    Shape representation() {
        return Shape.vector(4);
    }

    /** The shape of the outputs of {@link #logits()}. */
    long[] outputShape() {
        return logits().shape();
    }

    /** A shape that labels of {@link #BATCH} examples never have. */
    long[] wrongShape() {
        return new long[] {BATCH, 7, 7};
    }

    /** How many different numbers an answer can name. */
    int choices() {
        int named = Math.max(2, head().task().classNames().size());
        return Math.max(named, head().task().outputs());
    }

    final long[] inputShape() {
        if (representation() instanceof Shape.Image image) {
            return new long[] {BATCH, image.channels(), image.height(), image.width()};
        }
        return representation() instanceof Shape.Sequence s
                ? new long[] {BATCH, STEPS, s.features()}
                : new long[] {BATCH, ((Shape.Vector) representation()).features()};
    }

    /** Random logits of {@link #BATCH} examples, with {@link #STEPS} steps each if there are steps. */
    INDArray logits() {
        int outputs = head().task().outputs();
        return perStep() ? array(random(5), 2, BATCH, STEPS, outputs) : array(random(5), 2, BATCH, outputs);
    }

    private boolean perStep() {
        return head().network(representation())
                        .bind(representation(), Binder.create())
                        .outputShape()
                instanceof Shape.Sequence;
    }

    private INDArray labels() {
        return labels(random(9));
    }

    private INDArray lastIsMissing() {
        INDArray labels = labels();
        labels.get(NDArrayIndex.point(BATCH - 1)).assign(Double.NaN);
        return labels;
    }

    private static INDArray firstRows(INDArray array) {
        return array.get(NDArrayIndex.interval(0, BATCH - 1)).dup();
    }

    @Test
    void networkGivesALogitForEachOutputAndHasRightGradients() {
        Shape shape = head().network(representation())
                .bind(representation(), Binder.create())
                .outputShape();
        long[] dimensions = shape.dimensions();
        boolean picture = shape instanceof Shape.Image;
        assertEquals(head().task().outputs(), dimensions[picture ? 0 : dimensions.length - 1]);
        GradientCheck.check(head().network(representation()), representation(), inputShape());
    }

    @Test
    void lossOfItsOwnLabelsIsFiniteWithRightGradients() {
        LossCheck.gradient(head().loss(), logits(), labels(), null);
        assertEquals(head().task().loss(), head().loss().name());
    }

    @Test
    void acceptsGoodLabelsAndMissingOnes() {
        head().checkLabels(labels(), null, BATCH);
        head().checkLabels(lastIsMissing(), null, BATCH);
        head().checkLabels(labels().castTo(DataType.FLOAT), Nd4j.ones(BATCH), BATCH);
    }

    @Test
    void refusesBadLabelsByTheTasksName() {
        INDArray bad = labels();
        bad.putScalar(0, badLabel());
        refuses(bad, null, BATCH);
        refuses(labels(), null, BATCH + 1);
        refuses(Nd4j.zeros(DataType.DOUBLE, wrongShape()), null, BATCH);
        refuses(labels(), Nd4j.ones(BATCH + 1), BATCH);
        refuses(labels(), Nd4j.valueArrayOf(new long[] {BATCH}, 0.5), BATCH);
    }

    @Test
    void doesNotLookAtLabelsUnderAMaskOfZero() {
        INDArray bad = labels();
        bad.putScalar(0, badLabel());
        INDArray mask = Nd4j.ones(DataType.FLOAT, BATCH);
        mask.putScalar(0, 0);
        head().checkLabels(bad, mask, BATCH);
    }

    private void refuses(INDArray labels, INDArray mask, int batch) {
        String message = assertThrows(IllegalArgumentException.class, () -> head().checkLabels(labels, mask, batch))
                .getMessage();
        assertTrue(message.contains("\"" + head().task().name() + "\""), message);
    }

    @Test
    void maskIsNullWhenNothingIsMissing() {
        assertNull(head().effectiveMask(labels(), null, null));
        assertNull(head().effectiveMask(labels(), Nd4j.ones(BATCH), null));
    }

    @Test
    void anExampleWithoutLabelChangesNothingForTheOthers() {
        INDArray byNaN = head().effectiveMask(lastIsMissing(), null, null);
        INDArray lastOff = Nd4j.createFromArray(1.0, 1.0, 1.0, 1.0, 0.0);
        assertEquals(byNaN, head().effectiveMask(labels(), lastOff, null));
        Result masked = head().loss().evaluate(logits(), lastIsMissing(), byNaN);
        Result without = head().loss().evaluate(firstRows(logits()), firstRows(labels()), null);
        assertEquals(without.value(), masked.value());
        assertEquals(without.count(), masked.count());
        assertEquals(without.gradient(), firstRows(masked.gradient()));
    }

    @Test
    void metricsDoNotCountMissingLabels() {
        INDArray outputs = head().activate(logits());
        TaskMetrics masked = head().newMetrics();
        head().score(masked, outputs, lastIsMissing(), head().effectiveMask(lastIsMissing(), null, null));
        TaskMetrics without = head().newMetrics();
        head().score(without, firstRows(outputs), firstRows(labels()), null);
        assertEquals(without.values(), masked.values());
    }

    @Test
    void measuresItsMainMetric() {
        TaskMetrics metrics = head().newMetrics();
        head().score(metrics, head().activate(logits()), labels(), null);
        MetricValue main = metrics.values().stream()
                .filter(m -> m.name().equals(head().task().metric()))
                .findFirst()
                .orElseThrow();
        assertEquals(head().task().direction(), main.direction());
        assertTrue(Double.isFinite(main.value()), main.toString());
    }

    @Test
    void activateGivesANewArrayOfItsShape() {
        INDArray logits = logits();
        INDArray outputs = head().activate(logits);
        assertEquals(logits(), logits, "activate changed its logits");
        assertArrayEquals(outputShape(), outputs.shape());
        outputs.assign(0);
        assertEquals(logits(), logits, "activate gave a view of its logits");
    }

    @Test
    void answersEveryExampleWithClassesInRange() {
        List<TaskPrediction> answers = head().decode(head().activate(logits()), null);
        assertEquals(BATCH, answers.size());
        int classes = choices();
        for (TaskPrediction answer : answers) {
            assertEquals(head().task(), answer.task());
            for (int c : answer.classes()) {
                assertTrue(c >= 0 && c < classes, "class " + c);
            }
            assertEquals(answer.classes().size(), answer.labels().size());
        }
    }

    @Test
    void equalHeadsAreEqual() {
        assertEquals(head(), head());
        assertEquals(head().hashCode(), head().hashCode());
    }
}
