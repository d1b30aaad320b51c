package io.mtl4j.schedule;

import static io.mtl4j.schedule.EarlyStopping.Decision.BEST;
import static io.mtl4j.schedule.EarlyStopping.Decision.CONTINUE;
import static io.mtl4j.schedule.EarlyStopping.Decision.STOP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.schedule.EarlyStopping.Decision;
import io.mtl4j.step.MethodState;
import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

    private static final TaskSet TASKS = new TaskSet(List.of(
            new Task("digit", TaskKind.MULTI_CLASS, "cross-entropy", 10),
            new Task("age", TaskKind.REGRESSION, "mse", 1)));

    private static Map<String, SortedMap<String, Double>> epoch(double accuracy, double rmse) {
        return Map.of(
                "digit", new TreeMap<>(Map.of("accuracy", accuracy, "loss", 1 - accuracy)),
                "age", new TreeMap<>(Map.of("rmse", rmse, "loss", rmse * rmse)));
    }

    private static List<Decision> run(EarlyStopping rule, double[][] epochs) {
        EarlyStopping.State state = rule.start(TASKS);
        List<Decision> decisions = new ArrayList<>();
        for (double[] values : epochs) {
            decisions.add(state.update(epoch(values[0], values[1])));
        }
        return decisions;
    }

    @Test
    void stopsWhenPatienceEnds() {
        double[][] epochs = {{0.5, 10}, {0.6, 9}, {0.6, 9}, {0.55, 9.5}, {0.61, 8.9}, {0.6, 9}, {0.6, 9}, {0.6, 9}};
        assertEquals(
                List.of(BEST, BEST, CONTINUE, CONTINUE, BEST, CONTINUE, CONTINUE, STOP),
                run(EarlyStopping.patience(3), epochs));
    }

    @Test
    void relativeImprovementCountsEachTaskAlikeWhateverItsUnit() {
        // The error grows by 2 %, the accuracy by 10 %: better. The other way round: worse.
        assertEquals(List.of(BEST, BEST), run(EarlyStopping.patience(3), new double[][] {{0.5, 1000}, {0.55, 1020}}));
        assertEquals(List.of(BEST, CONTINUE), run(EarlyStopping.patience(3), new double[][] {{0.5, 1000}, {0.51, 1100}
        }));
    }

    @Test
    void aWorthlessFirstEpochDoesNotSpoilTheComparison() {
        double[][] epochs = {{0, 1e9}, {0.5, 10}, {0.6, 9}, {0.59, 9.1}, {0.7, 8}};
        assertEquals(List.of(BEST, BEST, BEST, CONTINUE, BEST), run(EarlyStopping.patience(3), epochs));
    }

    @Test
    void aMetricThatIsAlwaysZeroCountsAsNoChange() {
        assertEquals(List.of(BEST, BEST, STOP), run(EarlyStopping.patience(1), new double[][] {{0, 3}, {0, 2}, {0, 2}
        }));
    }

    @Test
    void smallGainsDoNotCountAsBetter() {
        EarlyStopping rule = EarlyStopping.patience(2).withMinDelta(0.05);
        assertEquals(List.of(BEST, CONTINUE, BEST, CONTINUE, STOP), run(rule, new double[][] {
            {0.5, 10}, {0.51, 9.9}, {0.6, 9}, {0.61, 8.9}, {0.6, 9}
        }));
    }

    @Test
    void otherMonitorsFollowTheirOwnQuantity() {
        double[][] epochs = {{0.5, 1.0}, {0.4, 0.5}, {0.6, 0.9}};
        assertEquals(List.of(BEST, CONTINUE, BEST), run(monitor(Monitor.mainMetric("digit")), epochs));
        assertEquals(List.of(BEST, BEST, CONTINUE), run(monitor(Monitor.mainMetric("age")), epochs));
        // Mean losses 0.75, 0.425, 0.605.
        assertEquals(List.of(BEST, BEST, CONTINUE), run(monitor(Monitor.meanLoss()), epochs));
        assertEquals(
                List.of(BEST, CONTINUE, BEST),
                run(monitor(Monitor.metric("digit", "loss", Direction.LOWER_IS_BETTER)), epochs));
    }

    private static EarlyStopping monitor(Monitor monitor) {
        return EarlyStopping.patience(5).withMonitor(monitor);
    }

    @Test
    void undefinedMetricsAreNamed() {
        EarlyStopping.State state = EarlyStopping.patience(2).start(TASKS);
        String nan = assertThrows(ArithmeticException.class, () -> state.update(epoch(Double.NaN, 1)))
                .getMessage();
        assertTrue(nan.contains("\"digit\"") && nan.contains("\"accuracy\"") && nan.contains("NaN"), nan);
        assertEquals(0, state.epochs());
        String missing = assertThrows(
                        IllegalArgumentException.class,
                        () -> state.update(Map.of("digit", new TreeMap<>(Map.of("accuracy", 1.0)))))
                .getMessage();
        assertTrue(missing.contains("\"age\""), missing);
        assertThrows(
                IllegalArgumentException.class,
                () -> monitor(Monitor.mainMetric("none")).start(TASKS));
    }

    @Test
    void badRulesAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> EarlyStopping.patience(0));
        assertThrows(
                IllegalArgumentException.class, () -> EarlyStopping.patience(1).withMinDelta(Double.NaN));
        assertThrows(NullPointerException.class, () -> EarlyStopping.patience(1).withMonitor(null));
    }

    @Test
    void foreignStatesAreRejected() {
        EarlyStopping.State state = EarlyStopping.patience(2).start(TASKS);
        assertThrows(IllegalArgumentException.class, () -> state.restore(MethodState.empty("dwa")));
        MethodState odd = MethodState.empty("early-stopping").with("best", 0).with("history", 1, 2, 3);
        assertThrows(IllegalArgumentException.class, () -> state.restore(odd));
    }

    @Property(tries = 200)
    void aRestoredStateDecidesAsTheOriginalWould(
            @ForAll @Size(min = 2, max = 12) List<@DoubleRange(min = 0, max = 1) Double> accuracies) {
        EarlyStopping rule = EarlyStopping.patience(2);
        EarlyStopping.State original = rule.start(TASKS);
        EarlyStopping.State resumed = rule.start(TASKS);
        for (double accuracy : accuracies) {
            EarlyStopping.State next = rule.start(TASKS);
            next.restore(resumed.state());
            resumed = next;
            assertEquals(original.update(epoch(accuracy, 1)), resumed.update(epoch(accuracy, 1)));
            assertEquals(original.bestEpoch(), resumed.bestEpoch());
        }
    }

    @Property(tries = 200)
    void withOneMonitoredMetricTheBestEpochIsTheFirstOfTheGreatest(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> accuracies) {
        EarlyStopping.State state = monitor(Monitor.mainMetric("digit")).start(TASKS);
        double greatest = -1;
        int where = -1;
        for (int i = 0; i < accuracies.size(); i++) {
            state.update(epoch(accuracies.get(i), 1));
            if (accuracies.get(i) > greatest) {
                greatest = accuracies.get(i);
                where = i;
            }
        }
        assertEquals(where, state.bestEpoch());
    }
}
