package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void scoresFollowTheirFormulas() {
        Counts counts = new Counts(3, 1, 2);
        assertEquals(0.75, counts.precision());
        assertEquals(0.6, counts.recall());
        assertEquals(2 * 0.75 * 0.6 / (0.75 + 0.6), counts.f1(), 1e-15);
        assertEquals(5, counts.support());
        assertEquals(4, counts.predicted());
    }

    @Test
    void zeroByZeroIsZeroWhenThereWasSomethingToFindOrSomethingFound() {
        Counts missed = new Counts(0, 0, 2);
        assertEquals(0, missed.precision());
        assertEquals(0, missed.recall());
        assertEquals(0, missed.f1());
        Counts invented = new Counts(0, 2, 0);
        assertEquals(0, invented.precision());
        assertEquals(0, invented.recall());
        assertEquals(0, invented.f1());
    }

    @Test
    void nothingToFindAndNothingFoundIsNotDefined() {
        assertEquals(Double.NaN, Counts.ZERO.precision());
        assertEquals(Double.NaN, Counts.ZERO.recall());
        assertEquals(Double.NaN, Counts.ZERO.f1());
    }

    @Test
    void countsAdd() {
        assertEquals(new Counts(5, 7, 9), new Counts(1, 2, 3).plus(new Counts(4, 5, 6)));
    }

    @Test
    void negativeCountsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Counts(0, -1, 0));
    }
}
