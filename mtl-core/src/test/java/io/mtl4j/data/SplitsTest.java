package io.mtl4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SplitsTest {

    private static void assertPartition(Split split, int n) {
        int[] all = IntStream.concat(IntStream.of(split.train()), IntStream.of(split.test()))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, n).toArray(), all);
    }

    private static void assertFolds(List<Split> splits, int n, int k) {
        assertEquals(k, splits.size());
        splits.forEach(split -> assertPartition(split, n));
        int[] tested = splits.stream()
                .flatMapToInt(split -> IntStream.of(split.test()))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, n).toArray(), tested, "each example is held out once");
    }

    private static long count(int[] labels, int[] where, int label) {
        return IntStream.of(where).filter(i -> labels[i] == label).count();
    }

    @Property
    void holdOutKeepsEachExampleInOnePartOfTheSizeAskedFor(
            @ForAll @IntRange(min = 2, max = 300) int n,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double fraction,
            @ForAll long seed) {
        Split split = Splits.holdOut(n, fraction, seed);
        assertPartition(split, n);
        assertEquals(Math.max(1, Math.min(n - 1, Math.round(n * fraction))), split.test().length);
        assertEquals(split, Splits.holdOut(n, fraction, seed));
    }

    @Property
    void stratifiedHoldOutKeepsTheProportionsOfTheClasses(
            @ForAll @Size(min = 2, max = 200) List<@IntRange(min = -2, max = 5) Integer> classes,
            @ForAll @DoubleRange(min = 0.05, max = 0.95) double fraction,
            @ForAll long seed) {
        int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
        Split split = Splits.stratifiedHoldOut(labels, fraction, seed);
        assertPartition(split, labels.length);
        double part = (double) split.test().length / labels.length;
        for (int label = -2; label <= 5; label++) {
            long all = count(labels, IntStream.range(0, labels.length).toArray(), label);
            assertEquals(all * part, count(labels, split.test(), label), 1.0 + 1e-9);
        }
    }

    @Property
    void kFoldHoldsEachExampleOutOnceInFoldsOfLikeSize(
            @ForAll @IntRange(min = 2, max = 100) int n,
            @ForAll @IntRange(min = 2, max = 10) int folds,
            @ForAll long seed) {
        int k = Math.min(n, folds);
        List<Split> splits = Splits.kFold(n, k, seed);
        assertFolds(splits, n, k);
        splits.forEach(split -> assertEquals((double) n / k, split.test().length, 1 - 1e-9));
    }

    @Property
    void stratifiedKFoldSpreadsEachClassEvenly(
            @ForAll @Size(min = 10, max = 100) List<@IntRange(max = 4) Integer> classes,
            @ForAll @IntRange(min = 2, max = 10) int k,
            @ForAll long seed) {
        int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
        List<Split> splits = Splits.stratifiedKFold(labels, k, seed);
        assertFolds(splits, labels.length, k);
        for (int label = 0; label <= 4; label++) {
            List<Long> counts = new ArrayList<>();
            for (Split split : splits) {
                counts.add(count(labels, split.test(), label));
            }
            long least = counts.stream().mapToLong(Long::longValue).min().orElseThrow();
            long most = counts.stream().mapToLong(Long::longValue).max().orElseThrow();
            assertTrue(most - least <= 1, () -> "counts " + counts);
        }
    }

    @Property(tries = 100)
    void multiTaskFoldsArePartitions(
            @ForAll @Size(min = 10, max = 60) List<@IntRange(min = -1, max = 3) Integer> a,
            @ForAll @IntRange(min = 2, max = 5) int k,
            @ForAll long seed) {
        int[] first = a.stream().mapToInt(Integer::intValue).toArray();
        int[] second = IntStream.range(0, first.length).map(i -> i % 7 - 1).toArray();
        assertFolds(Splits.stratifiedKFold(new int[][] {first, second}, k, seed), first.length, k);
        assertPartition(Splits.stratifiedHoldOut(new int[][] {first, second}, 0.3, seed), first.length);
    }

    @Test
    void multiTaskStratificationIsCloserThanChanceForRareLabelsOfSeveralTasks() {
        SplittableRandom random = new SplittableRandom(5);
        int n = 1000;
        int[][] labels = new int[3][n];
        for (int[] task : labels) {
            Arrays.setAll(task, i -> random.nextInt(10) == 0 ? -1 : Math.min(random.nextInt(20), 10) / 2);
        }
        double stratified = meanDeviation(labels, Splits.stratifiedKFold(labels, 5, 1));
        double plain = meanDeviation(labels, Splits.kFold(n, 5, 1));
        assertTrue(stratified < plain / 2, () -> "deviation " + stratified + ", without stratification " + plain);
    }

    /** The mean difference, over tasks, classes and folds, to the number of examples that an even spread would give. */
    private static double meanDeviation(int[][] labels, List<Split> splits) {
        double sum = 0;
        int[] all = IntStream.range(0, labels[0].length).toArray();
        for (int[] task : labels) {
            for (int label = 0; label <= 5; label++) {
                for (Split split : splits) {
                    double wanted = (double) count(task, all, label) / splits.size();
                    sum += Math.abs(count(task, split.test(), label) - wanted);
                }
            }
        }
        return sum / (labels.length * 6 * splits.size());
    }

    @Test
    void anotherSeedIsAnotherSplit() {
        assertNotEquals(Splits.holdOut(100, 0.5, 1), Splits.holdOut(100, 0.5, 2));
        assertNotEquals(Splits.kFold(100, 2, 1), Splits.kFold(100, 2, 2));
        int[] labels = new int[100];
        assertNotEquals(Splits.stratifiedHoldOut(labels, 0.5, 1), Splits.stratifiedHoldOut(labels, 0.5, 2));
        int[][] tasks = {labels};
        assertNotEquals(Splits.stratifiedHoldOut(tasks, 0.5, 1), Splits.stratifiedHoldOut(tasks, 0.5, 2));
    }

    @Test
    void badArgumentsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> Splits.holdOut(1, 0.5, 0));
        assertThrows(IllegalArgumentException.class, () -> Splits.holdOut(10, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Splits.holdOut(10, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Splits.holdOut(10, Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> Splits.kFold(10, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Splits.kFold(3, 4, 0));
        assertThrows(IllegalArgumentException.class, () -> Splits.stratifiedKFold(new int[0][], 2, 0));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Splits.stratifiedHoldOut(new int[][] {{1, 2}, {1, 2, 3}}, 0.5, 0))
                .getMessage();
        assertTrue(message.contains("task 1"), message);
    }
}
