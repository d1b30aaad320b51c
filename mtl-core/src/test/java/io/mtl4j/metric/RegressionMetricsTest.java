package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Random;
import net.jqwik.api.Example;

class RegressionMetricsTest extends TaskMetricsContract {

    @Override
    Task task() {
        return task(2);
    }

    private static Task task(int outputs) {
        return new Task("pose", TaskKind.REGRESSION, "mse", outputs);
    }

    @Override
    double[] output(Random random) {
        return new double[] {random.nextGaussian(), random.nextInt(4)};
    }

    @Override
    double[] label(Random random) {
        return new double[] {random.nextGaussian(), random.nextInt(5) == 0 ? Double.NaN : random.nextInt(4)};
    }

    @Example
    void eachOutputIsMeasuredByItselfAndTheMeansAreTaken() {
        RegressionMetrics metrics = new RegressionMetrics(task(), true);
        metrics.add(new double[] {1, 10}, new double[] {2, 10});
        metrics.add(new double[] {3, 10}, new double[] {6, Double.NaN});
        assertEquals(Math.sqrt(5), metrics.output(0).rmse(), 1e-15);
        assertEquals(0, metrics.output(1).rmse());
        assertEquals(1, metrics.output(1).count());
        assertEquals(Math.sqrt(5) / 2, metrics.value("rmse"), 1e-15);
        assertEquals(2.5, metrics.value("mse"), 1e-15);
        assertEquals(1, metrics.value("mae"), 1e-15);
    }

    @Example
    void meansLeaveOutOutputsForWhichAValueIsNotDefined() {
        RegressionMetrics metrics = new RegressionMetrics(task(), true);
        metrics.add(new double[] {1, 1}, new double[] {1, 4});
        metrics.add(new double[] {2, 3}, new double[] {2, 4});
        assertEquals(Double.NaN, metrics.output(1).r2());
        assertEquals(1, metrics.value("r2"), 1e-15);
        assertEquals(1, metrics.value("pearson"), 1e-15);
        assertTrue(metrics.report().contains("-"), metrics.report());
    }

    @Example
    void spearmanIsLeftOutOnRequestAndForManyOutputs() {
        assertTrue(new RegressionMetrics(task(), false)
                .values().stream().noneMatch(v -> v.name().equals("spearman")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Metrics.forTask(task(1000)).value("spearman"));
    }

    @Example
    void reportHasALineForEachOutputAndTheMean() {
        RegressionMetrics metrics = new RegressionMetrics(task(), true);
        metrics.add(new double[] {1, 10}, new double[] {2, 10});
        assertEquals(4, metrics.report().lines().count());
        assertTrue(metrics.report().lines().skip(3).findFirst().orElseThrow().startsWith("mean"));
    }

    @Example
    void infiniteLabelsAreRefused() {
        assertRefused(
                () -> metrics().add(new double[] {1, 2}, new double[] {Double.NEGATIVE_INFINITY, 1}), "-Infinity");
    }
}
