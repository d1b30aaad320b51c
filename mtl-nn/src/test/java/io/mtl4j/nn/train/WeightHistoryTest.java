package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightHistoryTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 1024, 1025, 100_000})
    void keepsFewPointsAtEqualDistancesFromTheFirstStepOn(int steps) {
        WeightHistory history = new WeightHistory();
        for (int s = 0; s < steps; s++) {
            history.add(new TrainingEvent.StepDone(0, s, new double[1], new double[] {s}, 0.1, 1, 1, 1), steps);
        }
        List<WeightHistory.Point> points = history.points();
        assertTrue(points.size() <= WeightHistory.MOST);
        assertTrue(points.size() >= Math.min(steps, WeightHistory.MOST / 2), points.size() + " points");
        assertEquals(0, points.get(0).weights()[0]);
        double distance = points.size() > 1 ? points.get(1).weights()[0] : 1;
        for (int i = 0; i < points.size(); i++) {
            assertEquals(i * distance, points.get(i).weights()[0]);
            assertEquals((i * distance + 1) / steps, points.get(i).time(), 1e-12);
        }
    }
}
