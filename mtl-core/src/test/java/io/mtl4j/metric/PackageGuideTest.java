package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of package-info. */
class PackageGuideTest {

    @Test
    void aTaskIsMeasuredExampleByExample() {
        Task digit = new Task("digit", TaskKind.MULTI_CLASS, "cross-entropy", 3);
        TaskMetrics metrics = Metrics.forTask(digit);
        metrics.add(new double[] {0.7, 0.2, 0.1}, new double[] {0});
        metrics.add(new double[] {0.3, 0.6, 0.1}, new double[] {2});
        double accuracy = metrics.value("accuracy");
        String table = metrics.report();
        assertEquals(0.5, accuracy);
        assertTrue(table.contains("accuracy"));
    }

    @Test
    void aModelIsComparedWithSingleTaskModels() {
        MetricValue alone = new MetricValue("accuracy", 0.80, Direction.HIGHER_IS_BETTER);
        MetricValue joint = new MetricValue("accuracy", 0.82, Direction.HIGHER_IS_BETTER);
        DeltaM delta = DeltaM.between(Map.of("digit", List.of(alone)), Map.of("digit", List.of(joint)));
        assertEquals("delta-m +2.50 % (digit +2.50 %)", delta.toString());
    }
}
