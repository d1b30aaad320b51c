package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinnedHistoryTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 1024, 1025, 100_000})
    void keepsFewPointsAtEqualDistancesFromTheFirstStepOn(int steps) {
        ThinnedHistory history = new ThinnedHistory();
        for (int s = 0; s < steps; s++) {
            history.add((s + 1.0) / steps, new double[] {s});
        }
        List<ThinnedHistory.Point> points = history.points();
        assertTrue(points.size() <= ThinnedHistory.MOST);
        assertTrue(points.size() >= Math.min(steps, ThinnedHistory.MOST / 2), points.size() + " points");
        assertEquals(0, points.get(0).values()[0]);
        double distance = points.size() > 1 ? points.get(1).values()[0] : 1;
        for (int i = 0; i < points.size(); i++) {
            assertEquals(i * distance, points.get(i).values()[0]);
            assertEquals((i * distance + 1) / steps, points.get(i).time(), 1e-12);
        }
    }
}
