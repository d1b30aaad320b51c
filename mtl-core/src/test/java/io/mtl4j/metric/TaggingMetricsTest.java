package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TaggingMetricsTest extends TaskMetricsContract {
    private static final List<String> TAGS = List.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC");

    @Override
    Task task() {
        return task(TAGS, "f1-entity");
    }

    private static Task task(List<String> tags, String metric) {
        return new Task("ner", TaskKind.TAGGING, "cross-entropy", 5, tags, metric, Direction.HIGHER_IS_BETTER);
    }

    @Override
    double[] output(Random random) {
        return random.doubles(TAGS.size()).toArray();
    }

    @Override
    double[] label(Random random) {
        return new double[] {random.nextInt(6) == 0 ? Double.NaN : random.nextInt(TAGS.size())};
    }

    private static void feed(TaskMetrics metrics, String truth, String answer) {
        double[][] outputs = Arrays.stream(answer.split(" "))
                .map(tag -> {
                    double[] row = new double[TAGS.size()];
                    row[TAGS.indexOf(tag)] = 1;
                    return row;
                })
                .toArray(double[][]::new);
        double[][] labels = Arrays.stream(truth.split(" "))
                .map(tag -> new double[] {tag.equals("?") ? Double.NaN : TAGS.indexOf(tag)})
                .toArray(double[][]::new);
        metrics.add(outputs, labels);
    }

    @Example
    void agreesWithAHandWorkedExample() {
        TaggingMetrics metrics = new TaggingMetrics(task());
        // PER right, LOC found too short
        feed(metrics, "B-PER I-PER O B-LOC I-LOC", "B-PER I-PER O B-LOC O");
        // PER taken for LOC, and a PER invented
        feed(metrics, "B-PER O O", "B-LOC O B-PER");
        // the same entity, once with a B and once without
        feed(metrics, "B-LOC I-LOC", "I-LOC I-LOC");
        assertEquals(
                List.of(new Counts(1, 1, 1), new Counts(1, 2, 1)),
                metrics.entities().counts());
        assertEquals(List.of("PER", "LOC"), metrics.entities().names());
        assertEquals(2.0 / 5, metrics.value("precision-entity"), 1e-15);
        assertEquals(2.0 / 4, metrics.value("recall-entity"), 1e-15);
        assertEquals(4.0 / 9, metrics.value("f1-entity"), 1e-15);
        assertEquals(6.0 / 10, metrics.value("accuracy"), 1e-15);
        assertEquals(10, metrics.tags().support());
    }

    @Example
    void entitiesDoNotReachAcrossSequences() {
        TaggingMetrics metrics = new TaggingMetrics(task());
        feed(metrics, "B-PER", "B-PER");
        feed(metrics, "I-PER", "I-PER");
        assertEquals(2, metrics.entities().micro().truePositives());
    }

    @Example
    void elementsWithoutALabelAreTakenOutOfTheSequence() {
        TaggingMetrics metrics = new TaggingMetrics(task());
        feed(metrics, "B-PER ? I-PER", "B-PER B-LOC I-PER");
        assertEquals(1, metrics.value("f1-entity"));
        assertEquals(1, metrics.value("accuracy"));
    }

    @Example
    void outsideEverywhereHasAnAccuracyButNoF1() {
        TaskMetrics metrics = metrics();
        feed(metrics, "O O", "O O");
        assertEquals(1, metrics.value("accuracy"));
        assertEquals(Double.NaN, metrics.value("f1-entity"));
    }

    @Property(tries = 50)
    void perfectAnswersScoreOne(@ForAll long seed) {
        TaskMetrics metrics = metrics();
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            double[][] tags = random.ints(8, 0, TAGS.size())
                    .mapToObj(t -> new double[] {t})
                    .toArray(double[][]::new);
            tags[0][0] = 1;
            double[][] outputs = Arrays.stream(tags)
                    .map(t -> {
                        double[] row = new double[TAGS.size()];
                        row[(int) t[0]] = 0.9;
                        return row;
                    })
                    .toArray(double[][]::new);
            metrics.add(outputs, tags);
        }
        assertEquals(1, metrics.value("f1-entity"));
    }

    @Example
    void tagsThatMarkNoEntitiesAreMeasuredByTheClass() {
        Task pos = task(List.of("NOUN", "VERB", "ADJ", "DET", "X"), "accuracy");
        TaskMetrics metrics = Metrics.forTask(pos);
        metrics.add(new double[][] {{1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}}, new double[][] {{0}, {1}});
        assertEquals(0.5, metrics.value("accuracy"));
        assertEquals((2.0 / 3 + 0) / 2, metrics.value("f1-macro"), 1e-15);
        assertTrue(metrics.report().contains("NOUN"));
    }

    @Example
    void entityF1NeedsTagsThatMarkEntities() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Metrics.forTask(task(List.of(), "f1-entity")));
        assertTrue(e.getMessage().contains("B-PER"), e.getMessage());
    }

    @Example
    void reportHasALineForEachTypeOfEntity() {
        TaskMetrics metrics = metrics();
        feed(metrics, "B-PER O B-LOC", "B-PER O O");
        String report = metrics.report();
        assertTrue(report.contains("         PER       1.00      1.00      1.00         1\n"), report);
        assertTrue(report.contains("accuracy of tags 0.6667\n"), report);
    }
}
