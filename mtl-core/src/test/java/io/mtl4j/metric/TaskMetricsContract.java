package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What every {@link TaskMetrics} must do; an implementation's test gives the task and random rows for it. */
abstract class TaskMetricsContract {

    /** Outputs and labels of one example. */
    record Fed(double[][] outputs, double[][] labels) {}

    abstract Task task();

    abstract double[] output(Random random);

    abstract double[] label(Random random);

    /** Whether each output row has a label row of its own. */
    boolean pairsRows() {
        return true;
    }

    TaskMetrics metrics() {
        return Metrics.forTask(task());
    }

    final List<Fed> examples(long seed, int count) {
        Random random = new Random(seed);
        List<Fed> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int steps = 1 + random.nextInt(4);
            double[][] outputs = new double[steps][];
            double[][] labels = new double[steps][];
            for (int t = 0; t < steps; t++) {
                outputs[t] = output(random);
                labels[t] = label(random);
            }
            examples.add(new Fed(outputs, labels));
        }
        return examples;
    }

    final TaskMetrics fed(List<Fed> examples) {
        TaskMetrics metrics = metrics();
        examples.forEach(example -> metrics.add(example.outputs(), example.labels()));
        return metrics;
    }

    static void assertSame(List<MetricValue> expected, List<MetricValue> actual, double tolerance) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            MetricValue wanted = expected.get(i);
            double size = Double.isFinite(wanted.value()) ? Math.max(1, Math.abs(wanted.value())) : 1;
            assertEquals(wanted.name(), actual.get(i).name());
            assertEquals(wanted.direction(), actual.get(i).direction());
            assertEquals(wanted.value(), actual.get(i).value(), tolerance * size, wanted.name());
        }
    }

    @Example
    void everyValueIsNanWithoutExamples() {
        assertTrue(
                metrics().values().stream().allMatch(value -> Double.isNaN(value.value())),
                metrics().values()::toString);
        assertTrue(metrics().report().endsWith("\n"));
    }

    @Example
    void mainMetricOfTheTaskIsMeasured() {
        double value = fed(examples(1, 50)).value(task().metric());
        assertTrue(Double.isFinite(value), "" + value);
    }

    @Example
    void unknownMetricIsRefusedWithTheNamesThereAre() {
        TaskMetrics metrics = metrics();
        Exception e = assertThrows(IllegalArgumentException.class, () -> metrics.value("beauty"));
        assertTrue(e.getMessage().contains("beauty") && e.getMessage().contains(task().metric()), e.getMessage());
    }

    @Property(tries = 50)
    void orderOfTheExamplesDoesNotMatter(@ForAll long seed, @ForAll @IntRange(max = 30) int count) {
        List<Fed> examples = examples(seed, count);
        List<MetricValue> expected = fed(examples).values();
        Collections.shuffle(examples, new Random(seed + 1));
        assertSame(expected, fed(examples).values(), 1e-9);
    }

    @Property(tries = 50)
    void readingInBetweenDoesNotMatter(@ForAll long seed, @ForAll @IntRange(max = 30) int count) {
        List<Fed> examples = examples(seed, count);
        TaskMetrics metrics = metrics();
        for (Fed example : examples) {
            metrics.add(example.outputs(), example.labels());
            metrics.values();
            metrics.report();
        }
        assertSame(fed(examples).values(), metrics.values(), 0);
        assertEquals(fed(examples).report(), metrics.report());
    }

    @Property(tries = 50)
    void missingLabelsDoNotCount(@ForAll long seed, @ForAll @IntRange(max = 30) int count) {
        List<Fed> examples = examples(seed, count);
        List<MetricValue> expected = fed(examples).values();
        Random random = new Random(seed);
        double[] missing = label(random);
        Arrays.fill(missing, Double.NaN);
        examples.add(new Fed(new double[][] {output(random), output(random)}, new double[][] {missing, missing}));
        assertSame(expected, fed(examples).values(), 0);
    }

    @Property(tries = 20)
    void arraysGivenAreNeitherKeptNorChanged(@ForAll long seed) {
        List<Fed> examples = examples(seed, 20);
        TaskMetrics metrics = metrics();
        for (Fed example : examples(seed, 20)) {
            double[][] outputs =
                    Arrays.stream(example.outputs()).map(double[]::clone).toArray(double[][]::new);
            double[][] labels =
                    Arrays.stream(example.labels()).map(double[]::clone).toArray(double[][]::new);
            metrics.add(outputs, labels);
            assertTrue(Arrays.deepEquals(example.outputs(), outputs));
            assertTrue(Arrays.deepEquals(example.labels(), labels));
            Arrays.stream(outputs).forEach(row -> Arrays.fill(row, 0.123));
            Arrays.stream(labels).forEach(row -> Arrays.fill(row, 0.123));
        }
        assertSame(fed(examples).values(), metrics.values(), 0);
    }

    @Example
    void oneElementIsTheSameAsASequenceOfOne() {
        Random random = new Random(3);
        double[] output = output(random);
        double[] label = label(random);
        TaskMetrics whole = metrics();
        whole.add(new double[][] {output}, new double[][] {label});
        TaskMetrics single = metrics();
        single.add(output, label);
        assertSame(whole.values(), single.values(), 0);
    }

    @Example
    void outputsThatAreNotFiniteAreRefused() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Random random = new Random(4);
            double[] output = output(random);
            output[output.length - 1] = bad;
            assertRefused(() -> metrics().add(output, label(random)), "" + bad);
        }
    }

    @Example
    void wrongSizesAreRefused() {
        Random random = new Random(5);
        double[] output = output(random);
        double[] label = label(random);
        int size = output.length + 1;
        assertRefused(() -> metrics().add(new double[size], label), size + " outputs");
        assertRefused(() -> metrics().add(output, new double[size]), size + " labels");
        if (pairsRows()) {
            assertRefused(
                    () -> metrics().add(new double[][] {output, output}, new double[][] {label}),
                    "2 output rows and 1");
        }
    }

    final void assertRefused(Runnable action, String part) {
        Exception e = assertThrows(IllegalArgumentException.class, action::run);
        assertTrue(e.getMessage().contains(task().name()) && e.getMessage().contains(part), e.getMessage());
    }
}
