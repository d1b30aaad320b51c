package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Direction;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TaskHeadTest {

    private static final TaskHead DIGIT = Tasks.classification("digit", 10);

    private static String refusal(Supplier<TaskHead> head) {
        return assertThrows(IllegalArgumentException.class, head::get).getMessage();
    }

    private static List<Parameter> parameters(TaskHead head) {
        Binder binder = Binder.create().regularized(0, 0.5);
        head.network(Shape.vector(7)).bind(Shape.vector(7), binder);
        return binder.parameters();
    }

    @Test
    void changingAHeadGivesACopy() {
        TaskHead changed = DIGIT.input("mnist").hidden(64, 32).dropout(0.3).l2(0.1);
        assertEquals(Tasks.classification("digit", 10), DIGIT);
        assertEquals(Optional.of("mnist"), changed.input());
        assertEquals(List.of(64, 32), changed.layers().hidden());
        assertNotEquals(DIGIT, changed);
    }

    @Test
    void hiddenLayersAreBuiltInOrder() {
        assertEquals(
                List.of("[7, 6]", "[6]", "[6, 5]", "[5]", "[5, 10]", "[10]"),
                parameters(DIGIT.hidden(6, 5)).stream()
                        .map(p -> java.util.Arrays.toString(p.shape()))
                        .toList());
        assertEquals(2, parameters(DIGIT).size());
    }

    @Test
    void dropoutStandsBeforeEachLayer() {
        Chain chain = (Chain) DIGIT.hidden(6).dropout(0.3).network(Shape.vector(7));
        assertEquals(new Dropout(0.3), chain.layers().get(0));
        assertEquals(new Dropout(0.3), chain.layers().get(2));
        assertEquals(4, chain.layers().size());
    }

    @Test
    void l2ReplacesThatOfTheModel() {
        assertEquals(0.5, parameters(DIGIT).get(0).penalty().l2());
        assertEquals(0.1, parameters(DIGIT.l2(0.1)).get(0).penalty().l2());
        assertEquals(0, parameters(DIGIT.l2(0)).get(0).penalty().l2());
    }

    @Test
    void theTaskNamesTheLoss() {
        assertEquals("cross-entropy", DIGIT.task().loss());
        assertEquals("focal", DIGIT.loss(Losses.focal(2)).task().loss());
    }

    @Test
    void refusesLossesOfOtherKinds() {
        assertEquals(
                "task \"load\" of kind REGRESSION: loss cross-entropy is for tasks of kind [MULTI_CLASS, TAGGING,"
                        + " SEQUENCE, SEGMENTATION]; choose another of Losses",
                refusal(() -> Tasks.regression("load", 2).loss(Losses.crossEntropy())));
        assertThrows(IllegalArgumentException.class, () -> DIGIT.loss(Losses.huber(1)));
        assertThrows(IllegalArgumentException.class, () -> DIGIT.loss(Losses.binaryFocal(2)));
        assertThrows(IllegalArgumentException.class, () -> Tasks.binary("b").loss(Losses.focal(2)));
        assertThrows(
                IllegalArgumentException.class, () -> Tasks.multiLabel("m", 3).loss(Losses.meanSquaredError()));
    }

    @Test
    void refusesSettingsThatTheLossDoesNotHave() {
        assertEquals(
                "task \"digit\": label smoothing belongs to the losses cross-entropy, but the loss is focal;"
                        + " choose the loss first",
                refusal(() -> DIGIT.loss(Losses.focal(2)).labelSmoothing(0.1)));
        assertThrows(
                IllegalArgumentException.class, () -> Tasks.regression("r", 1).classWeights(1));
        assertThrows(IllegalArgumentException.class, () -> DIGIT.standardize(new double[10], new double[10]));
    }

    @Test
    void weighsClassesWhateverTheLoss() {
        TaskHead three = Tasks.classification("three", 3);
        assertEquals(
                new CrossEntropy(0.1, List.of(1.0, 2.0, 3.0)),
                three.labelSmoothing(0.1).classWeights(1, 2, 3).loss());
        assertEquals(
                new FocalLoss(2, List.of(1.0, 2.0, 3.0)),
                three.loss(Losses.focal(2)).classWeights(1, 2, 3).loss());
        assertEquals(
                new BinaryCrossEntropy(List.of(5.0)),
                Tasks.multiLabel("m", 3).classWeights(5).loss());
        assertEquals(
                "task \"three\": 2 weights for 3 outputs; give one weight for each output",
                refusal(() -> three.classWeights(1, 2)));
    }

    @Test
    void metricsAreChosenByName() {
        assertEquals("accuracy", DIGIT.task().metric());
        assertEquals("f1-macro", DIGIT.metric("f1-macro").task().metric());
        assertEquals(Direction.LOWER_IS_BETTER, DIGIT.metric("loss").task().direction());
        assertEquals("r2", Tasks.regression("r", 1).metric("r2").task().metric());
        assertEquals(
                Direction.HIGHER_IS_BETTER,
                Tasks.regression("r", 1).metric("r2").task().direction());
        String message = refusal(() -> DIGIT.metric("rmse"));
        assertTrue(message.startsWith("task \"digit\": metric \"rmse\" is not measured for this task"), message);
        assertTrue(message.contains("f1-macro"), message);
    }

    @Test
    void refusesSizesThatMakeNoSense() {
        assertEquals(
                "task \"digit\": classes = 1; it must be at least 2", refusal(() -> Tasks.classification("digit", 1)));
        assertThrows(IllegalArgumentException.class, () -> Tasks.tagging("t", 1));
        assertThrows(IllegalArgumentException.class, () -> Tasks.regression("r", 0));
        assertThrows(IllegalArgumentException.class, () -> DIGIT.hidden(0));
        assertThrows(IllegalArgumentException.class, () -> DIGIT.dropout(1));
        assertThrows(IllegalArgumentException.class, () -> DIGIT.l2(-1));
        assertThrows(IllegalArgumentException.class, () -> DIGIT.classNames("one", "two"));
    }
}
