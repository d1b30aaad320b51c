package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SequenceMetricsTest extends TaskMetricsContract {

    @Override
    Task task() {
        return new Task("spelling", TaskKind.SEQUENCE, "cross-entropy", 26);
    }

    @Override
    double[] output(Random random) {
        return new double[] {random.nextInt(3)};
    }

    @Override
    double[] label(Random random) {
        return output(random);
    }

    @Override
    boolean pairsRows() {
        return false;
    }

    private static double[][] tokens(String word) {
        return word.chars()
                .mapToObj(c -> new double[] {c == '?' ? Double.NaN : c - 'a'})
                .toArray(double[][]::new);
    }

    private static int distance(String a, String b) {
        return SequenceMetrics.distance(a.chars().toArray(), b.chars().toArray());
    }

    @Example
    void agreesWithAHandWorkedExample() {
        TaskMetrics metrics = metrics();
        metrics.add(tokens("abc"), tokens("abc"));
        metrics.add(tokens("kitten"), tokens("sitting"));
        metrics.add(tokens(""), tokens("ab??"));
        metrics.add(tokens("abc"), tokens("???"));
        assertEquals(1.0 / 3, metrics.value("exact-match"), 1e-15);
        assertEquals((3.0 + 4) / (3 + 7 + 2), metrics.value("token-accuracy"), 1e-15);
        assertEquals((3.0 + 2) / (3 + 7 + 2), metrics.value("edit-distance"), 1e-15);
    }

    @Example
    void aBeginningIsNoExactMatch() {
        TaskMetrics metrics = metrics();
        metrics.add(tokens("ab"), tokens("abc"));
        metrics.add(tokens("abcd"), tokens("abc"));
        assertEquals(0, metrics.value("exact-match"));
        assertEquals(2.0 / 6, metrics.value("edit-distance"), 1e-15);
    }

    @Example
    void knownDistances() {
        assertEquals(3, distance("sunday", "saturday"));
        assertEquals(2, distance("flaw", "lawn"));
        assertEquals(4, distance("", "abcd"));
        assertEquals(4, distance("abcd", ""));
        assertEquals(0, distance("", ""));
    }

    @Property(tries = 100)
    void distanceIsAMetric(
            @ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> first,
            @ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> second,
            @ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> third) {
        int[] a = array(first);
        int[] b = array(second);
        int[] c = array(third);
        int ab = SequenceMetrics.distance(a, b);
        assertEquals(ab, SequenceMetrics.distance(b, a));
        assertEquals(ab == 0, Arrays.equals(a, b));
        assertEquals(true, SequenceMetrics.distance(a, c) <= ab + SequenceMetrics.distance(b, c));
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    @Example
    void whatIsNoTokenIsRefused() {
        assertRefused(() -> metrics().add(new double[] {26}, new double[] {0}), "output 26");
        assertRefused(() -> metrics().add(new double[] {0}, new double[] {0.5}), "label 0.5");
        assertRefused(() -> metrics().add(new double[] {0}, new double[] {-1}), "label -1");
    }
}
