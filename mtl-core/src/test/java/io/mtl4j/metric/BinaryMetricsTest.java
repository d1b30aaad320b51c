package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BinaryMetricsTest extends TaskMetricsContract {

    @Override
    Task task() {
        return new Task("spam", TaskKind.BINARY, "binary-cross-entropy", 1);
    }

    @Override
    double[] output(Random random) {
        return new double[] {random.nextInt(11) / 10.0};
    }

    @Override
    double[] label(Random random) {
        return new double[] {random.nextInt(2)};
    }

    private static void feed(TaskMetrics metrics, double[][] pairs) {
        for (double[] pair : pairs) {
            metrics.add(new double[] {pair[0]}, new double[] {pair[1]});
        }
    }

    @Example
    void agreesWithAHandWorkedExample() {
        TaskMetrics metrics = metrics();
        // TP 2 (0.9, 0.6), FP 1 (0.7), FN 1 (0.4), TN 1 (0.2)
        feed(metrics, new double[][] {{0.9, 1}, {0.6, 1}, {0.4, 1}, {0.7, 0}, {0.2, 0}});
        assertEquals(3.0 / 5, metrics.value("accuracy"), 1e-15);
        assertEquals(2.0 / 3, metrics.value("precision"), 1e-15);
        assertEquals(2.0 / 3, metrics.value("recall"), 1e-15);
        assertEquals(2.0 / 3, metrics.value("f1"), 1e-15);
        assertEquals((2.0 / 3 + 1.0 / 2) / 2, metrics.value("balanced-accuracy"), 1e-15);
        // pairs won by the positives: 0.9 both, 0.6 and 0.4 one each
        assertEquals(4.0 / 6, metrics.value("auc"), 1e-15);
        // (2 * 1 - 1 * 1) / sqrt(3 * 3 * 2 * 2)
        assertEquals(1.0 / 6, metrics.value("mcc"), 1e-15);
    }

    @Property(tries = 100)
    void matthewsIsTheClosedFormOfTwoClasses(@ForAll long seed) {
        BinaryMetrics metrics = (BinaryMetrics) fed(examples(seed, 30));
        Confusion c = metrics.confusion();
        double tp = c.count(1, 1);
        double tn = c.count(0, 0);
        double fp = c.count(0, 1);
        double fn = c.count(1, 0);
        double scale = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
        assertEquals(scale == 0 ? 0 : (tp * tn - fp * fn) / scale, metrics.value("mcc"), 1e-12);
    }

    @Example
    void yesIsSaidAboveTheThresholdOnly() {
        BinaryMetrics metrics = new BinaryMetrics(task(), 0.3);
        feed(metrics, new double[][] {{0.3, 1}, {0.31, 1}});
        assertEquals(1, metrics.confusion().count(1, 0));
        assertEquals(1, metrics.confusion().count(1, 1));
    }

    @Example
    void aucOfASingleClassIsNotDefined() {
        TaskMetrics metrics = metrics();
        feed(metrics, new double[][] {{0.3, 0}, {0.8, 0}});
        assertEquals(Double.NaN, metrics.value("auc"));
        assertEquals(Double.NaN, metrics.value("average-precision"));
        assertEquals(0, metrics.value("precision"));
    }

    @Example
    void softLabelsCountAsTheNearerSide() {
        BinaryMetrics metrics = new BinaryMetrics(task(), 0.5);
        feed(metrics, new double[][] {{0.9, 0.9}, {0.9, 0.1}});
        assertEquals(1, metrics.confusion().count(1, 1));
        assertEquals(1, metrics.confusion().count(0, 1));
    }

    @Example
    void classNamesOfTheTaskAreShown() {
        Task named =
                new Task("spam", TaskKind.BINARY, "bce", 1, List.of("ham", "spam"), "auc", Direction.HIGHER_IS_BETTER);
        assertEquals(
                List.of("ham", "spam"),
                new BinaryMetrics(named, 0.5).confusion().names());
    }

    @Example
    void badValuesAreRefused() {
        assertRefused(() -> metrics().add(new double[] {0.5}, new double[] {2}), "label 2.0");
        assertRefused(() -> new BinaryMetrics(new Task("spam", TaskKind.BINARY, "bce", 2), 0.5), "2 outputs");
        assertThrows(IllegalArgumentException.class, () -> new BinaryMetrics(task(), 1));
        assertThrows(IllegalArgumentException.class, () -> new BinaryMetrics(task(), Double.NaN));
    }
}
