package io.mtl4j.nn.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RehearsalMemoryTest {

    private static final Task KIND = new Task("kind", TaskKind.MULTI_CLASS, "cross-entropy", 4);
    private static final Task SIZE = new Task("size", TaskKind.REGRESSION, "mse", 1);

    /** Examples whose feature is their number; sizes are half of it. */
    private static ArraySource source(int... kinds) {
        float[][] features = new float[kinds.length][1];
        float[] sizes = new float[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            features[i][0] = i;
            sizes[i] = i / 2f;
        }
        return ArraySource.builder("input")
                .features(features)
                .labels("kind", Labels.classes(kinds))
                .labels("size", Labels.values(sizes))
                .build();
    }

    private static SourceBatch all(DataSource source) {
        return source.batch(IntStream.range(0, source.size()).toArray(), new Random(0));
    }

    private static double[] features(DataSource source) {
        return all(source).features().dup('c').data().asDouble();
    }

    /** As balanced as the classes allow: no class could have one more without taking it from one that has no more. */
    @Property(tries = 60)
    void classesAreBalancedAndTheMemoryIsBounded(
            @ForAll @IntRange(min = 1, max = 30) int capacity,
            @ForAll @IntRange(min = 1, max = 200) int size,
            @ForAll long seed) {
        Random random = new Random(seed);
        int[] kinds = random.ints(size, 0, 10).map(i -> Math.min(i, 3)).toArray();
        RehearsalMemory memory = RehearsalMemory.of(source(kinds), KIND, capacity, seed);
        assertEquals(Math.min(capacity, size), memory.size());
        int most = memory.counts().values().stream().mapToInt(i -> i).max().orElseThrow();
        int[] offered = new int[4];
        Arrays.stream(kinds).forEach(kind -> offered[kind]++);
        memory.counts().forEach((kind, count) -> assertTrue(count <= offered[kind]));
        for (int kind = 0; kind < 4 && capacity < size; kind++) {
            int kept = memory.counts().getOrDefault(kind, 0);
            assertTrue(kept >= Math.min(offered[kind], most - 1), memory.counts() + " of " + Arrays.toString(offered));
        }
        SourceBatch kept = all(memory);
        for (int i = 0; i < kept.size(); i++) {
            int number = kept.features().getInt(i, 0);
            assertEquals(kinds[number], kept.labels().get("kind").getInt(i));
            assertEquals(number / 2f, kept.labels().get("size").getFloat(i, 0));
        }
        assertEquals(kept.size(), Arrays.stream(features(memory)).distinct().count());
    }

    /** Each of 40 examples of a class is kept about as often: 10 of 40, in 200 memories, is 50 ± 6.1. */
    @Test
    void theExamplesOfAClassAreDrawnUniformly() {
        int[] kept = new int[40];
        for (int seed = 0; seed < 200; seed++) {
            for (double number : features(RehearsalMemory.of(source(new int[40]), KIND, 10, seed))) {
                kept[(int) number]++;
            }
        }
        for (int count : kept) {
            assertTrue(count > 25 && count < 75, Arrays.toString(kept));
        }
    }

    @Test
    void aStreamInOtherBatchesIsTheSameMemory() {
        int[] kinds = IntStream.range(0, 60).map(i -> i % 3).toArray();
        RehearsalMemory whole = RehearsalMemory.of(source(kinds), KIND, 9, 5);
        RehearsalMemory stream = new RehearsalMemory("input", KIND, 9, 5);
        for (int i = 0; i < 60; i += 4) {
            stream.offer(source(kinds).batch(IntStream.range(i, i + 4).toArray(), null));
        }
        assertArrayEquals(features(whole), features(stream));
        assertEquals(Map.of(0, 3, 1, 3, 2, 3), stream.counts());
        assertNotEquals(
                Arrays.toString(features(whole)),
                Arrays.toString(features(RehearsalMemory.of(source(kinds), KIND, 9, 6))));
    }

    @Test
    void valuesHaveNoClassesAndExamplesWithoutLabelsAreNotKept() {
        RehearsalMemory values = RehearsalMemory.of(source(new int[50]), SIZE, 7, 1);
        assertEquals(Map.of(0, 7), values.counts());
        RehearsalMemory some = RehearsalMemory.of(source(0, Labels.MISSING, 1, Labels.MISSING), KIND, 7, 1);
        assertArrayEquals(new double[] {0, 2}, features(some));
        assertEquals(
                "rehearsal memory: none of the 2 examples of input \"input\" has a label of task \"kind\"; give"
                        + " examples with labels of it",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> RehearsalMemory.of(source(Labels.MISSING, Labels.MISSING), KIND, 7, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new RehearsalMemory("input", KIND, 0, 1));
    }

    @Test
    void oldAndNewExamplesBecomeOneSource() {
        RehearsalMemory memory = RehearsalMemory.of(source(0, 1, 2, 3), KIND, 4, 1);
        ArraySource fresh = ArraySource.builder("input")
                .features(new float[][] {{100}, {101}, {102}, {103}, {104}, {105}})
                .labels("new", Labels.classes(0, 1, 0, 1, 0, 1))
                .build();
        DataSource both = memory.beside(fresh, 0.5);
        assertEquals(6 + 2 * 4, both.size()); // 4 of 10 are too few, 8 of 14 are not
        assertEquals(Set.of("kind", "new", "size"), both.tasks());
        SourceBatch mixed = both.batch(new int[] {6, 0, 11, 5}, null);
        assertArrayEquals(
                new double[] {0, 100, 1, 105}, mixed.features().dup('c').data().asDouble());
        double none = Double.NaN;
        assertArrayEquals(
                new double[] {0, none, 1, none}, mixed.labels().get("kind").toDoubleVector());
        assertArrayEquals(
                new double[] {none, 0, none, 1}, mixed.labels().get("new").toDoubleVector());
        assertEquals(
                "rehearsal memory: it has no examples of input \"input\" yet; offer it old examples with labels of task"
                        + " \"kind\" first",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new RehearsalMemory("input", KIND, 5, 1).beside(fresh, 0.5))
                        .getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> memory.beside(fresh, Math.nextDown(1.0)))
                .getMessage()
                .contains("take a smaller share"));
        ArraySource other =
                ArraySource.builder("sound").features(new float[1][1]).build();
        assertEquals(
                "joined source: sources of the inputs [sound, input]; join those of one input, and give the others"
                        + " side by side to MultiTaskData",
                assertThrows(IllegalArgumentException.class, () -> memory.beside(other, 0.5))
                        .getMessage());
    }
}
