package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MultiClassMetricsTest extends TaskMetricsContract {
    private static final int CLASSES = 7;

    @Override
    Task task() {
        return task(CLASSES);
    }

    private static Task task(int classes) {
        return new Task("digit", TaskKind.MULTI_CLASS, "cross-entropy", classes);
    }

    @Override
    double[] output(Random random) {
        return random.ints(CLASSES, 0, 5).mapToDouble(v -> v / 4.0).toArray();
    }

    @Override
    double[] label(Random random) {
        return new double[] {random.nextInt(CLASSES)};
    }

    private static double[] oneHot(int size, int at) {
        double[] row = new double[size];
        row[at] = 1;
        return row;
    }

    @Example
    void agreesWithAHandWorkedExample() {
        TaskMetrics metrics = Metrics.forTask(task(3));
        int[] truth = {0, 1, 2, 2, 2};
        int[] answer = {0, 0, 2, 2, 1};
        for (int i = 0; i < truth.length; i++) {
            metrics.add(oneHot(3, answer[i]), new double[] {truth[i]});
        }
        assertEquals(0.6, metrics.value("accuracy"), 1e-15);
        assertEquals(0.6, metrics.value("f1-micro"), 1e-15);
        assertEquals((1 + 0 + 2.0 / 3) / 3, metrics.value("balanced-accuracy"), 1e-15);
        assertEquals((0.5 + 0 + 1) / 3, metrics.value("precision-macro"), 1e-15);
        assertEquals((2.0 / 3 + 0 + 0.8) / 3, metrics.value("f1-macro"), 1e-15);
        assertEquals((2.0 / 3 + 0 + 3 * 0.8) / 5, metrics.value("f1-weighted"), 1e-15);
        // c = 3, s = 5, p = (2, 1, 2), t = (1, 1, 3): (15 - 9) / sqrt((25 - 9) (25 - 11))
        assertEquals(6 / Math.sqrt(16 * 14), metrics.value("mcc"), 1e-15);
    }

    @Property(tries = 100)
    void microF1IsTheAccuracyAndMacroRecallBetweenZeroAndOne(@ForAll long seed) {
        TaskMetrics metrics = fed(examples(seed, 20));
        assertEquals(metrics.value("accuracy"), metrics.value("f1-micro"), 1e-12);
        assertTrue(metrics.value("f1-macro") >= 0 && metrics.value("f1-macro") <= 1);
        assertTrue(metrics.value("top-5-accuracy") >= metrics.value("accuracy"));
    }

    @Property(tries = 100)
    void topKCountsTheTrueClassAmongTheFirstKOfAStableSort(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = CLASSES) int k) {
        MultiClassMetrics metrics = new MultiClassMetrics(task(), k, false);
        double right = 0;
        double count = 0;
        for (Fed example : examples(seed, 20)) {
            metrics.add(example.outputs(), example.labels());
            for (int t = 0; t < example.outputs().length; t++) {
                double[] row = example.outputs()[t];
                List<Integer> sorted = IntStream.range(0, CLASSES)
                        .boxed()
                        .sorted((a, b) -> Double.compare(row[b], row[a]))
                        .toList();
                right += sorted.subList(0, k).contains((int) example.labels()[t][0]) ? 1 : 0;
                count++;
            }
        }
        assertEquals(right / count, metrics.value("top-" + k + "-accuracy"), 1e-12);
    }

    @Example
    void macroAucIsTheMeanOverTheClassesSeen() {
        TaskMetrics metrics = Metrics.forTask(task(3));
        metrics.add(new double[] {0.6, 0.3, 0.1}, new double[] {0});
        metrics.add(new double[] {0.5, 0.4, 0.1}, new double[] {1});
        metrics.add(new double[] {0.7, 0.2, 0.1}, new double[] {1});
        // class 0: 0.6 against 0.5, 0.7; class 1: 0.4, 0.2 against 0.3; class 2 has no examples
        assertEquals((0.5 + 0.5) / 2, metrics.value("auc-macro"), 1e-15);
    }

    @Example
    void softAndOneHotLabelsCountAsTheirLargestClass() {
        TaskMetrics metrics = Metrics.forTask(task(3));
        metrics.add(new double[] {0.1, 0.8, 0.1}, new double[] {0.2, 0.7, 0.1});
        metrics.add(new double[] {0.1, 0.8, 0.1}, oneHot(3, 2));
        assertEquals(0.5, metrics.value("accuracy"));
    }

    @Example
    void confusionMatrixCountsEachPair() {
        MultiClassMetrics metrics = new MultiClassMetrics(task(2), 1, false);
        metrics.add(oneHot(2, 1), new double[] {0});
        metrics.add(oneHot(2, 1), new double[] {1});
        Confusion confusion = metrics.confusion().orElseThrow();
        assertEquals(1, confusion.count(0, 1));
        assertEquals(metrics.classes(), confusion.classes());
    }

    @Example
    void manyClassesAreMeasuredWithoutTheMatrix() {
        MultiClassMetrics metrics = (MultiClassMetrics) Metrics.forTask(task(50_000));
        metrics.add(oneHot(50_000, 49_999), new double[] {49_999});
        assertTrue(metrics.confusion().isEmpty());
        assertEquals(1, metrics.value("accuracy"));
        assertTrue(metrics.values().stream().noneMatch(v -> v.name().equals("auc-macro")));
    }

    @Example
    void reportNamesTheClasses() {
        Task named = new Task(
                "pet", TaskKind.MULTI_CLASS, "ce", 2, List.of("cat", "dog"), "accuracy", Direction.HIGHER_IS_BETTER);
        String report = Metrics.forTask(named).report();
        assertTrue(report.contains("cat") && report.contains("dog"), report);
    }

    @Example
    void impossibleLabelsAreRefused() {
        for (double bad : new double[] {-1, CLASSES, 0.5, Double.POSITIVE_INFINITY}) {
            assertRefused(() -> metrics().add(new double[CLASSES], new double[] {bad}), "label " + bad);
        }
        assertRefused(() -> metrics().add(new double[CLASSES], new double[CLASSES]), "no distribution");
        double[] negative = oneHot(CLASSES, 1);
        negative[0] = -0.5;
        assertRefused(() -> metrics().add(new double[CLASSES], negative), "no distribution");
        assertRefused(() -> new MultiClassMetrics(task(), 0, false), "topK = 0");
        assertRefused(() -> new MultiClassMetrics(task(), CLASSES + 1, false), "topK = 8");
    }
}
