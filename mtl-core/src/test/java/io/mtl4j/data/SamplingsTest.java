package io.mtl4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplingsTest {

    record Sources(int[] sizes, int[] batches) {
        @Override
        public String toString() {
            return Arrays.toString(sizes) + Arrays.toString(batches);
        }
    }

    @Provide
    Arbitrary<Sources> sources() {
        return Arbitraries.integers()
                .between(1, 4)
                .flatMap(count -> Combinators.combine(
                                Arbitraries.integers()
                                        .between(1, 60)
                                        .array(int[].class)
                                        .ofSize(count),
                                Arbitraries.integers()
                                        .between(1, 20)
                                        .array(int[].class)
                                        .ofSize(count))
                        .as(Sources::new));
    }

    @Provide
    Arbitrary<Sampling> samplings() {
        return Arbitraries.of(
                Samplings.longest(),
                Samplings.shortest(),
                Samplings.roundRobin(),
                Samplings.proportional(1),
                Samplings.proportional(Double.POSITIVE_INFINITY));
    }

    private static int[] seen(List<int[][]> epoch, int source) {
        return epoch.stream().flatMapToInt(step -> IntStream.of(step[source])).toArray();
    }

    private static boolean isPermutation(int[] seen, int size) {
        return Arrays.equals(
                IntStream.of(seen).sorted().toArray(), IntStream.range(0, size).toArray());
    }

    @Property(tries = 300)
    void everySamplingKeepsTheContract(
            @ForAll("samplings") Sampling plain,
            @ForAll("sources") Sources data,
            @ForAll long seed,
            @ForAll @IntRange(max = 9) int epoch,
            @ForAll @IntRange(max = 30) int cap) {
        int[] caps = new int[data.sizes.length];
        caps[0] = cap;
        for (Sampling sampling : List.of(plain, Samplings.limited(plain, caps))) {
            List<int[][]> steps = sampling.epoch(data.sizes, data.batches, seed, epoch);
            assertEquals(sampling.steps(data.sizes, data.batches), steps.size());
            for (int[][] step : steps) {
                assertEquals(data.sizes.length, step.length);
                assertTrue(Arrays.stream(step).anyMatch(batch -> batch.length > 0), "a step without a batch");
                for (int s = 0; s < step.length; s++) {
                    int size = data.sizes[s];
                    assertTrue(step[s].length <= data.batches[s]);
                    assertTrue(IntStream.of(step[s]).allMatch(i -> i >= 0 && i < size));
                    assertEquals(
                            step[s].length, IntStream.of(step[s]).distinct().count(), "repeated in a batch");
                }
            }
            List<int[][]> again = sampling.epoch(data.sizes, data.batches, seed, epoch);
            assertTrue(Arrays.deepEquals(steps.toArray(), again.toArray()), "not a pure function");
        }
    }

    @Property(tries = 300)
    void longestGoesThroughTheLongestSourceOnceAndThroughTheOthersEvenly(
            @ForAll("sources") Sources data, @ForAll long seed) {
        List<int[][]> epoch = Samplings.longest().epoch(data.sizes, data.batches, seed, 3);
        for (int s = 0; s < data.sizes.length; s++) {
            int source = s;
            assertTrue(epoch.stream().allMatch(step -> step[source].length > 0), "sits out");
            int[] seen = seen(epoch, s);
            if ((data.sizes[s] - 1) / data.batches[s] + 1 == epoch.size()) {
                assertTrue(isPermutation(seen, data.sizes[s]));
            }
            for (int from = 0; from + data.sizes[s] <= seen.length; from += data.sizes[s]) {
                assertTrue(isPermutation(Arrays.copyOfRange(seen, from, from + data.sizes[s]), data.sizes[s]));
            }
        }
    }

    @Property(tries = 300)
    void roundRobinGoesThroughEverySourceOnceOneSourceAStep(@ForAll("sources") Sources data, @ForAll long seed) {
        List<int[][]> epoch = Samplings.roundRobin().epoch(data.sizes, data.batches, seed, 0);
        for (int s = 0; s < data.sizes.length; s++) {
            assertTrue(isPermutation(seen(epoch, s), data.sizes[s]));
        }
        assertTrue(epoch.stream()
                .allMatch(step ->
                        Arrays.stream(step).filter(batch -> batch.length > 0).count() == 1));
    }

    @Test
    void roundRobinTakesTurnsAndLetsTheShorterDropOut() {
        List<int[][]> epoch = Samplings.roundRobin().epoch(new int[] {5, 3}, new int[] {2, 2}, 1, 0);
        int[] turns =
                epoch.stream().mapToInt(step -> step[0].length > 0 ? 0 : 1).toArray();
        assertArrayEquals(new int[] {0, 1, 0, 1, 0}, turns);
    }

    @Test
    void shortestEndsWithTheShortestSource() {
        Sampling sampling = Samplings.shortest();
        List<int[][]> epoch = sampling.epoch(new int[] {100, 7}, new int[] {10, 3}, 1, 0);
        assertEquals(3, epoch.size());
        assertTrue(isPermutation(seen(epoch, 1), 7));
        assertEquals(30, IntStream.of(seen(epoch, 0)).distinct().count());
    }

    @Test
    void proportionalDrawsInProportionToThePowerOfTheSize() {
        int[] sizes = {40_000, 10_000};
        int[] batches = {5, 5};
        assertEquals(0.8, share(Samplings.proportional(1), sizes, batches), 0.02);
        assertEquals(2.0 / 3, share(Samplings.proportional(2), sizes, batches), 0.02);
        assertEquals(0.5, share(Samplings.proportional(Double.POSITIVE_INFINITY), sizes, batches), 0.02);
        assertEquals(1, share(Samplings.proportional(1e-3), sizes, batches), 0);
    }

    private static double share(Sampling sampling, int[] sizes, int[] batches) {
        List<int[][]> epoch = sampling.epoch(sizes, batches, 11, 0);
        return epoch.stream().filter(step -> step[0].length > 0).count() / (double) epoch.size();
    }

    @Test
    void epochsAndSourcesAndSeedsAreShuffledDifferently() {
        int[] sizes = {50, 50};
        int[] batches = {50, 50};
        int[][] first = Samplings.longest().epoch(sizes, batches, 7, 0).get(0);
        assertFalse(Arrays.equals(first[0], first[1]));
        assertFalse(Arrays.equals(
                first[0], Samplings.longest().epoch(sizes, batches, 7, 1).get(0)[0]));
        assertFalse(Arrays.equals(
                first[0], Samplings.longest().epoch(sizes, batches, 8, 0).get(0)[0]));
        assertFalse(isSorted(first[0]));
    }

    private static boolean isSorted(int[] array) {
        return Arrays.equals(array, IntStream.of(array).sorted().toArray());
    }

    @Test
    void limitedSeesEveryExampleOnceOverTheEpochsOfAShuffle() {
        Sampling sampling = Samplings.limited(Samplings.longest(), 15, 0);
        int[] sizes = {60, 20};
        int[] batches = {4, 4};
        assertEquals(5, sampling.steps(sizes, batches));
        int[] seen = IntStream.range(4, 8)
                .flatMap(epoch -> IntStream.of(seen(sampling.epoch(sizes, batches, 3, epoch), 0))
                        .limit(15))
                .toArray();
        assertTrue(isPermutation(seen, 60));
    }

    @Property(tries = 300)
    void limitedSeesEveryExampleWithinTheEpochsOfAShuffle(
            @ForAll @IntRange(min = 1, max = 40) int size,
            @ForAll @IntRange(min = 1, max = 50) int cap,
            @ForAll long seed) {
        Sampling sampling = Samplings.limited(Samplings.longest(), cap);
        int lasts = (size + cap - 1) / cap;
        long distinct = IntStream.range(lasts, 2 * lasts)
                .flatMap(epoch -> IntStream.of(seen(sampling.epoch(new int[] {size}, new int[] {3}, seed, epoch), 0)))
                .distinct()
                .count();
        assertEquals(size, distinct);
    }

    @Test
    void badArgumentsAreNamed() {
        Sampling sampling = Samplings.longest();
        assertThrows(IllegalArgumentException.class, () -> sampling.steps(new int[0], new int[0]));
        assertThrows(IllegalArgumentException.class, () -> sampling.steps(new int[] {1, 2}, new int[] {1}));
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> sampling.steps(new int[] {1, 0}, new int[] {1, 1}))
                .getMessage()
                .contains("source 1"));
        assertThrows(IllegalArgumentException.class, () -> sampling.steps(new int[] {1}, new int[] {0}));
        assertThrows(IllegalArgumentException.class, () -> sampling.epoch(new int[] {1}, new int[] {1}, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> Samplings.proportional(0));
        assertThrows(IllegalArgumentException.class, () -> Samplings.proportional(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Samplings.limited(sampling, -1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Samplings.limited(sampling, 1, 1).steps(new int[] {1}, new int[] {1}));
    }
}
