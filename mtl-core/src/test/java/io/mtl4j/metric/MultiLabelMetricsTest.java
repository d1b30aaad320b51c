package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MultiLabelMetricsTest extends TaskMetricsContract {
    private static final int LABELS = 3;

    @Override
    Task task() {
        return task(LABELS);
    }

    private static Task task(int labels) {
        return new Task("topics", TaskKind.MULTI_LABEL, "bce", labels);
    }

    @Override
    double[] output(Random random) {
        return random.ints(LABELS, 0, 11).mapToDouble(v -> v / 10.0).toArray();
    }

    @Override
    double[] label(Random random) {
        return random.ints(LABELS, 0, 5)
                .mapToDouble(v -> v == 4 ? Double.NaN : v % 2)
                .toArray();
    }

    private TaskMetrics handWorked() {
        TaskMetrics metrics = metrics();
        metrics.add(new double[] {0.9, 0.2, 0.6}, new double[] {1, 0, 1});
        metrics.add(new double[] {0.8, 0.7, 0.1}, new double[] {0, 1, 0});
        metrics.add(new double[] {0.3, 0.4, 0.2}, new double[] {1, Double.NaN, 0});
        return metrics;
    }

    @Example
    void agreesWithAHandWorkedExample() {
        TaskMetrics metrics = handWorked();
        // label 0: TP 1 FP 1 FN 1; label 1: TP 1; label 2: TP 1
        assertEquals(6.0 / 8, metrics.value("f1-micro"), 1e-15);
        assertEquals((0.5 + 1 + 1) / 3, metrics.value("f1-macro"), 1e-15);
        assertEquals(3.0 / 4, metrics.value("precision-micro"), 1e-15);
        assertEquals(3.0 / 4, metrics.value("recall-micro"), 1e-15);
        assertEquals(1.0 / 3, metrics.value("subset-accuracy"), 1e-15);
        assertEquals(2.0 / 8, metrics.value("hamming-loss"), 1e-15);
        // label 0: 0.9, 0.3 against 0.8; labels 1 and 2 in order
        assertEquals((0.5 + 1 + 1) / 3, metrics.value("auc-macro"), 1e-15);
        // label 0: + - +
        assertEquals((0.5 + 0.5 * 2 / 3 + 1 + 1) / 3, metrics.value("average-precision-macro"), 1e-15);
    }

    @Property(tries = 100)
    void eachLabelIsMeasuredLikeABinaryTask(@ForAll long seed) {
        MultiLabelMetrics metrics = (MultiLabelMetrics) metrics();
        BinaryMetrics single = new BinaryMetrics(new Task("second", TaskKind.BINARY, "bce", 1), 0.5);
        for (Fed example : examples(seed, 20)) {
            metrics.add(example.outputs(), example.labels());
            for (int t = 0; t < example.outputs().length; t++) {
                single.add(new double[] {example.outputs()[t][1]}, new double[] {example.labels()[t][1]});
            }
        }
        assertEquals(single.value("auc"), metrics.aucs().get(1), 0);
        assertEquals(single.value("f1"), metrics.classes().counts().get(1).f1(), 0);
    }

    @Example
    void labelsNeverSeenAreLeftOutOfTheMeans() {
        TaskMetrics metrics = Metrics.forTask(task(2));
        metrics.add(new double[] {0.9, 0.1}, new double[] {1, 0});
        metrics.add(new double[] {0.1, 0.2}, new double[] {0, 0});
        assertEquals(1, metrics.value("f1-macro"));
        assertEquals(1, metrics.value("auc-macro"));
    }

    @Example
    void manyLabelsAreMeasuredWithoutRanking() {
        assertTrue(Metrics.forTask(task(101)).values().stream()
                .noneMatch(v -> v.name().startsWith("auc")));
        assertTrue(Metrics.forTask(task(100)).values().stream()
                .anyMatch(v -> v.name().equals("auc-macro")));
    }

    @Example
    void reportShowsTheAucOfEachLabel() {
        String report = handWorked().report();
        assertTrue(report.contains("micro avg") && report.contains("AUC of 0: 0.5000\n"), report);
    }

    @Example
    void badValuesAreRefused() {
        assertRefused(() -> metrics().add(new double[LABELS], new double[] {0, 1, 7}), "label 7.0");
        assertRefused(() -> metrics().add(new double[LABELS], new double[] {0}), "1 labels");
        assertThrows(IllegalArgumentException.class, () -> new MultiLabelMetrics(task(), -0.1, true));
    }
}
