package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static Task task(TaskKind kind, String metric, Direction direction) {
        return new Task("t", kind, "loss", 1, List.of(), metric, direction);
    }

    @Test
    void usualMetricOfEachKindIsAmongTheValuesWithItsDirection() {
        for (TaskKind kind :
                List.of(TaskKind.BINARY, TaskKind.MULTI_CLASS, TaskKind.MULTI_LABEL, TaskKind.REGRESSION)) {
            TaskMetrics metrics = Metrics.forTask(new Task("t", kind, "loss", 1));
            assertTrue(
                    metrics.values().stream()
                            .anyMatch(v -> v.name().equals(kind.metric()) && v.direction() == kind.direction()),
                    kind.toString());
        }
    }

    @Test
    void customTasksHaveNoMetricsButTheirLoss() {
        TaskMetrics metrics = Metrics.forTask(new Task("mine", TaskKind.CUSTOM, "my-loss", 4));
        metrics.add(new double[] {Double.NaN}, new double[0]);
        assertEquals(List.of(), metrics.values());
        assertTrue(metrics.report().contains("mine"));
    }

    @Test
    void anyTaskMayHaveItsLossAsMainMetric() {
        assertInstanceOf(
                BinaryMetrics.class, Metrics.forTask(task(TaskKind.BINARY, "loss", Direction.LOWER_IS_BETTER)));
    }

    @Test
    void unknownMainMetricIsRefusedWithTheChoice() {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> Metrics.forTask(task(TaskKind.REGRESSION, "acuracy", Direction.HIGHER_IS_BETTER)));
        assertTrue(e.getMessage().contains("\"acuracy\"") && e.getMessage().contains("rmse"), e.getMessage());
    }

    @Test
    void wrongDirectionIsRefused() {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> Metrics.forTask(task(TaskKind.REGRESSION, "mae", Direction.HIGHER_IS_BETTER)));
        assertTrue(e.getMessage().contains("LOWER_IS_BETTER"), e.getMessage());
    }
}
