package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassCountsTest {
    private final ClassCounts counts =
            new ClassCounts(List.of("a", "b", "c"), List.of(new Counts(3, 1, 1), Counts.ZERO, new Counts(0, 1, 1)));

    @Test
    void microPoolsTheCounts() {
        assertEquals(new Counts(3, 2, 2), counts.micro());
    }

    @Test
    void macroAndWeightedLeaveOutAbsentClasses() {
        assertEquals((0.75 + 0) / 2, counts.macro(Counts::f1), 1e-15);
        assertEquals(4 * 0.75 / 5, counts.weighted(Counts::f1), 1e-15);
    }

    @Test
    void balancedAccuracyLeavesOutClassesWithoutSupport() {
        ClassCounts unsupported = new ClassCounts(List.of("a", "b"), List.of(new Counts(1, 0, 1), new Counts(0, 1, 0)));
        assertEquals(0.5, unsupported.balancedAccuracy());
        assertEquals(0.25, unsupported.macro(Counts::recall));
    }

    @Test
    void matthewsIsOneWhenAllIsRightAndZeroWhenNothingIsSaid() {
        assertEquals(
                1,
                new ClassCounts(List.of("a", "b"), List.of(new Counts(3, 0, 0), new Counts(4, 0, 0))).matthews(),
                1e-15);
        assertEquals(
                0, new ClassCounts(List.of("a", "b"), List.of(new Counts(3, 4, 0), new Counts(0, 0, 4))).matthews());
        assertEquals(
                -1,
                new ClassCounts(List.of("a", "b"), List.of(new Counts(0, 4, 3), new Counts(0, 3, 4))).matthews(),
                1e-15);
    }

    @Test
    void averagesOfNothingAreNotDefined() {
        ClassCounts none = new ClassCounts(List.of("a"), List.of(Counts.ZERO));
        assertEquals(Double.NaN, none.macro(Counts::f1));
        assertEquals(Double.NaN, none.weighted(Counts::f1));
        assertEquals(Double.NaN, none.balancedAccuracy());
        assertEquals(Double.NaN, none.matthews());
    }

    @Test
    void eachClassNeedsAName() {
        assertThrows(IllegalArgumentException.class, () -> new ClassCounts(List.of("a"), List.of()));
    }
}
