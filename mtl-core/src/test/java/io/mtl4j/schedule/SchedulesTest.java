package io.mtl4j.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.schedule.StepPlan.Layers;
import io.mtl4j.step.MethodState;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulesTest {

    private static final int STEPS = 4;
    private static final int LAYERS = 3;
    private static final TaskSet TASKS = new TaskSet(Stream.of("a", "b", "c")
            .map(name -> new Task(name, TaskKind.MULTI_CLASS, "cross-entropy", 3))
            .toList());

    static Stream<Supplier<TrainingSchedule>> all() {
        return Stream.of(
                Schedules::joint,
                () -> Schedules.alternating(2, 3),
                () -> Schedules.taskByTask(2),
                () -> Schedules.layerWise(2),
                () -> Schedules.unfreezing(2),
                () -> Schedules.frozenBelow(1),
                () -> Schedules.curriculum(1.5, "b", "a"),
                () -> Schedules.progressive("b").then("a", 1).then("c", 3).warmUp(1),
                () -> Schedules.progressive("b").thenAfterPlateau("a", 2).thenAfterPlateau("c", 1),
                () -> Schedules.stopping(Schedules.alternating(1, 1), 2));
    }

    private static List<StepPlan> epoch(TrainingSchedule schedule, int epoch) {
        List<StepPlan> plans = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            plans.add(schedule.plan(new Progress(TASKS, epoch, i, STEPS, LAYERS)));
        }
        schedule.epochDone(TASKS, metrics(epoch));
        return plans;
    }

    /** Accuracies that rise until epoch 1 for a, 2 for b, 3 for c, and then stay. */
    private static Map<String, SortedMap<String, Double>> metrics(int epoch) {
        Map<String, SortedMap<String, Double>> metrics = new TreeMap<>();
        for (int k = 0; k < TASKS.size(); k++) {
            metrics.put(
                    TASKS.get(k).name(), new TreeMap<>(Map.of("accuracy", 0.1 * Math.min(epoch, k + 1), "loss", 1.0)));
        }
        return metrics;
    }

    private static List<List<Double>> factors(TrainingSchedule schedule, int epochs) {
        return IntStream.range(0, epochs)
                .mapToObj(epoch -> epoch(schedule, epoch).get(0).tasks())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPlanHasAFactorForEachTaskAndLetsSomethingTrain(Supplier<TrainingSchedule> schedules) {
        TrainingSchedule schedule = schedules.get();
        schedule.checkFits(TASKS);
        for (int epoch = 0; epoch < 8 && schedule.finished().isEmpty(); epoch++) {
            for (StepPlan plan : epoch(schedule, epoch)) {
                assertEquals(TASKS.size(), plan.tasks().size());
                assertTrue(plan.tasks().stream().anyMatch(factor -> factor > 0), plan.toString());
                assertTrue(plan.heads() || !plan.encoder().isEmpty());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRestoredScheduleGoesOnAsTheOtherWouldHave(Supplier<TrainingSchedule> schedules) {
        for (int broken = 0; broken < 6; broken++) {
            TrainingSchedule whole = schedules.get();
            for (int epoch = 0; epoch < broken; epoch++) {
                epoch(whole, epoch);
            }
            TrainingSchedule second = schedules.get();
            second.restore(whole.state());
            for (int epoch = broken; epoch < 9; epoch++) {
                assertEquals(epoch(whole, epoch), epoch(second, epoch));
                assertEquals(whole.finished(), second.finished());
            }
            String other = whole.name() + "?";
            assertThrows(IllegalArgumentException.class, () -> second.restore(MethodState.empty(other)));
        }
    }

    @Test
    void headsAndEncoderTakeTurns() {
        List<StepPlan> plans = epoch(Schedules.alternating(1, 2), 0);
        assertEquals(
                List.of(true, false, false, true),
                plans.stream().map(StepPlan::heads).toList());
        assertEquals(
                List.of(true, false, false, true),
                plans.stream().map(plan -> plan.encoder().isEmpty()).toList());
    }

    @Test
    void tasksTakeTurns() {
        TrainingSchedule schedule = Schedules.taskByTask(2);
        assertEquals(
                List.of(0, 0, 1, 1, 2, 2, 0, 0),
                Stream.of(epoch(schedule, 0), epoch(schedule, 1))
                        .flatMap(List::stream)
                        .map(plan -> plan.tasks().indexOf(1.0))
                        .toList());
    }

    @Test
    void layersTakeTurnsFromTheInputUpwardsAndThenTrainTogether() {
        TrainingSchedule schedule = Schedules.layerWise(2);
        assertEquals(new Layers(0, 1), epoch(schedule, 1).get(0).encoder());
        assertEquals(new Layers(1, 2), epoch(schedule, 2).get(0).encoder());
        assertEquals(new Layers(2, 3), epoch(schedule, 5).get(3).encoder());
        assertEquals(Layers.ALL, epoch(schedule, 6).get(0).encoder());
    }

    @Test
    void layersJoinFromTheTopDownAndThenAllTrain() {
        TrainingSchedule schedule = Schedules.unfreezing(2);
        List<StepPlan> plans = IntStream.range(0, 9)
                .mapToObj(epoch -> epoch(schedule, epoch).get(0))
                .toList();
        for (int epoch = 0; epoch < 9; epoch++) {
            Layers open = plans.get(epoch).encoder();
            int joined = Math.min(LAYERS, epoch / 2);
            for (int layer = 0; layer < LAYERS; layer++) {
                assertEquals(layer >= LAYERS - joined, open.contains(layer), "epoch " + epoch + ", layer " + layer);
            }
        }
        assertTrue(plans.stream().allMatch(StepPlan::heads));
        assertEquals(Layers.ALL, plans.get(6).encoder());
        assertEquals(
                "unfreezing: epochs = 0; it must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> Schedules.unfreezing(0))
                        .getMessage());
    }

    @Test
    void layersBelowTheGivenOneNeverTrain() {
        assertEquals(
                List.of(false, true, true),
                IntStream.range(0, LAYERS)
                        .mapToObj(layer -> epoch(Schedules.frozenBelow(1), 7)
                                .get(0)
                                .encoder()
                                .contains(layer))
                        .toList());
        assertEquals(Layers.NONE, epoch(Schedules.frozenBelow(LAYERS), 0).get(0).encoder());
        assertThrows(IllegalArgumentException.class, () -> Schedules.frozenBelow(0));
    }

    @Test
    void theWeightsOfHarderTasksRiseInAStraightLine() {
        TrainingSchedule schedule = Schedules.curriculum(2, "b", "a", "c");
        assertEquals(List.of(0.0, 1.0, 0.0), epoch(schedule, 0).get(0).tasks());
        assertEquals(List.of(0.125, 1.0, 0.0), epoch(schedule, 0).get(1).tasks());
        assertEquals(List.of(1.0, 1.0, 0.5), epoch(schedule, 3).get(0).tasks());
        assertEquals(List.of(1.0, 1.0, 1.0), epoch(schedule, 7).get(0).tasks());
    }

    @Test
    void tasksJoinAtTheirEpochAndTheirHeadsWarmUpAlone() {
        TrainingSchedule schedule =
                Schedules.progressive("b").then("a", 2).then("c", 4).warmUp(1);
        assertEquals(
                List.of(
                        List.of(0.0, 1.0, 0.0),
                        List.of(0.0, 1.0, 0.0),
                        List.of(1.0, 0.0, 0.0),
                        List.of(1.0, 1.0, 0.0),
                        List.of(0.0, 0.0, 1.0),
                        List.of(1.0, 1.0, 1.0)),
                factors(schedule, 6));
        TrainingSchedule fresh =
                Schedules.progressive("b").then("a", 0).then("c", 0).warmUp(1);
        assertTrue(epoch(fresh, 0).get(0).encoder().isEmpty());
        assertEquals(List.of(1.0, 1.0, 1.0), epoch(fresh, 1).get(0).tasks());
    }

    @Test
    void tasksJoinWhenTheOneBeforeNoLongerImproves() {
        TrainingSchedule schedule =
                Schedules.progressive("a").thenAfterPlateau("b", 2).thenAfterPlateau("c", 1);
        assertTrue(schedule.needsValidation());
        assertEquals(
                List.of(1, 1, 1, 1, 2, 2, 3),
                factors(schedule, 7).stream()
                        .map(factors ->
                                (int) factors.stream().filter(f -> f > 0).count())
                        .toList());
    }

    @Test
    void aTaskStopsWhenItNoLongerImprovesAndTrainingEndsWithTheLast() {
        TrainingSchedule schedule = Schedules.stopping(Schedules.joint(), 1);
        assertEquals(
                List.of(
                        List.of(1.0, 1.0, 1.0),
                        List.of(1.0, 1.0, 1.0),
                        List.of(1.0, 1.0, 1.0),
                        List.of(0.0, 1.0, 1.0),
                        List.of(0.0, 0.0, 1.0)),
                factors(schedule, 5));
        assertEquals(
                "every task has stopped: none improved for 1 epochs",
                schedule.finished().orElseThrow());
        assertFalse(Schedules.joint().finished().isPresent());
    }

    @Test
    void badSettingsAreRefused() {
        assertEquals(
                "alternating: steps of the heads = 0; it must be at least 1",
                refusal(() -> Schedules.alternating(0, 1)));
        assertEquals("task by task: steps = 0; it must be at least 1", refusal(() -> Schedules.taskByTask(0)));
        assertEquals("layer-wise: epochs = 0; it must be at least 1", refusal(() -> Schedules.layerWise(0)));
        assertTrue(refusal(() -> Schedules.curriculum(1, "a", "a")).contains("name at least one, and each once"));
        assertTrue(refusal(() -> Schedules.curriculum(1, "x").checkFits(TASKS)).contains("no task \"x\""));
        assertTrue(refusal(() -> Schedules.progressive("a").then("b", 2).then("c", 1))
                .contains("at least 2"));
        assertTrue(refusal(() -> Schedules.progressive("a").then("a", 2)).contains("joins twice"));
        assertTrue(refusal(() -> Schedules.progressive("a").then("b", 2).checkFits(TASKS))
                .contains("ever join"));
        assertTrue(refusal(() -> new StepPlan(List.of(1.0), Layers.NONE, false)).contains("neither heads nor encoder"));
        assertTrue(refusal(() -> StepPlan.of(List.of(-1.0))).contains("factor of a task"));
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
