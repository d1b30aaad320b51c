package io.mtl4j.nn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MeanHistoryTest {

    @Test
    void aShortHistoryIsKeptAsItIs() {
        MeanHistory history = new MeanHistory();
        assertTrue(history.isEmpty());
        history.add(0.5, 1, Double.NaN);
        history.add(1, 3, 4);
        assertArrayEquals(new double[] {0.5, 1}, history.times());
        assertArrayEquals(new double[] {1, 3}, history.values(0));
        assertArrayEquals(new double[] {Double.NaN, 4}, history.values(1));
    }

    @Test
    void whatIsNeverFiniteIsNotKnown() {
        MeanHistory history = new MeanHistory();
        history.add(1, Double.NaN, Double.POSITIVE_INFINITY, 2);
        assertFalse(history.knows(0));
        assertFalse(history.knows(1));
        assertTrue(history.knows(2));
    }

    /** Points are means of equally many moments but for the last, so that their weighted mean is that of all moments. */
    @Property(tries = 60)
    void aLongHistoryKeepsItsMeans(@ForAll @IntRange(min = 1, max = 20_000) int moments) {
        MeanHistory history = new MeanHistory();
        double sum = 0;
        for (int i = 1; i <= moments; i++) {
            history.add(i, i * 0.5, i % 2 == 0 ? i : Double.NaN);
            sum += i * 0.5;
        }
        double[] times = history.times();
        assertTrue(times.length <= MeanHistory.MOST, () -> times.length + " points");
        assertTrue(times.length >= Math.min(moments, MeanHistory.MOST / 2), () -> times.length + " points");
        assertEquals(moments, times[times.length - 1]);
        double weighted = 0;
        double before = 0;
        double[] values = history.values(0);
        for (int i = 0; i < times.length; i++) {
            weighted += values[i] * (times[i] - before);
            assertEquals((before + 1 + times[i]) / 4, values[i], 1e-9);
            before = times[i];
        }
        assertEquals(sum, weighted, 1e-6 * sum);
        assertTrue(moments == 1 || Arrays.stream(history.values(1)).anyMatch(Double::isFinite));
    }
}
