package io.mtl4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StrataTest {

    @Example
    void wholeNumbersAreClassesAndMissingOnesHaveNone() {
        assertArrayEquals(new int[] {1, -1, 0, 2, 1}, Strata.of(new float[] {3, Float.NaN, -1, 40, 3}, 5));
        assertArrayEquals(new int[] {-1, -1}, Strata.of(new float[] {Float.NaN, Float.NaN}, 5));
        assertArrayEquals(new int[] {0, 0}, Strata.of(new float[] {-0f, 0f}, 5));
    }

    @Example
    void otherNumbersFallIntoBins() {
        assertArrayEquals(new int[] {1, 0, 1, 0}, Strata.of(new float[] {8.5f, 1, 9, 2}, 2));
        assertArrayEquals(new int[] {0, 0, 1}, Strata.of(new float[] {0.5f, 0.5f, 0.7f}, 3));
    }

    @Property(tries = 50)
    void binsHaveAboutEquallyMany(
            @ForAll @IntRange(min = 20, max = 300) int n,
            @ForAll @IntRange(min = 2, max = 9) int bins,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] labels = new float[n];
        for (int i = 0; i < n; i++) {
            labels[i] = (float) random.nextGaussian();
        }
        int[] counts = new int[bins];
        for (int bin : Strata.of(labels, bins)) {
            counts[bin]++;
        }
        for (int count : counts) {
            assertEquals((double) n / bins, count, 1.5);
        }
    }

    @Example
    void saysWhatIsWrong() {
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> Strata.of(new float[] {Float.NEGATIVE_INFINITY}, 5))
                .getMessage()
                .contains("label of example 0 is -Infinity"));
        assertThrows(IllegalArgumentException.class, () -> Strata.of(new float[1], 1));
    }
}
