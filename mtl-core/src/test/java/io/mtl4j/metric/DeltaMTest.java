package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;
import static io.mtl4j.task.Direction.LOWER_IS_BETTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.task.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaMTest {

    private static MetricValue value(String name, double value, Direction direction) {
        return new MetricValue(name, value, direction);
    }

    private static Map<String, List<MetricValue>> two(double accuracy, double mae, double rmse) {
        Map<String, List<MetricValue>> values = new LinkedHashMap<>();
        values.put("digit", List.of(value("accuracy", accuracy, HIGHER_IS_BETTER)));
        values.put("age", List.of(value("mae", mae, LOWER_IS_BETTER), value("rmse", rmse, LOWER_IS_BETTER)));
        return values;
    }

    private final DeltaM delta = DeltaM.between(two(0.8, 4, 10), two(0.84, 5, 9));

    @Test
    void isTheMeanOverTasksOfTheMeanOverMetrics() {
        assertEquals(0.05, delta.tasks().get(0).value(), 1e-15);
        assertEquals((-0.25 + 0.1) / 2, delta.tasks().get(1).value(), 1e-15);
        assertEquals((0.05 - 0.075) / 2, delta.value(), 1e-15);
    }

    @Test
    void equalValuesGiveZero() {
        assertEquals(0, DeltaM.between(two(0.8, 4, 10), two(0.8, 4, 10)).value());
    }

    @Test
    void isShownInPerCent() {
        assertEquals("delta-m -1.25 % (digit +5.00 %, age -7.50 %)", delta.toString());
        assertEquals("""
                digit accuracy: 0.80000 -> 0.84000 (+5.00 %)
                age mae: 4.0000 -> 5.0000 (-25.00 %)
                age rmse: 10.000 -> 9.0000 (+10.00 %)
                delta-m -1.25 % (digit +5.00 %, age -7.50 %)
                """, delta.report());
    }

    @Test
    void zeroBaselineIsRefusedWithACure() {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> DeltaM.between(two(0, 4, 10), two(0.84, 5, 9)));
        assertTrue(e.getMessage().contains("\"accuracy\"") && e.getMessage().contains("baseline 0.0"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> DeltaM.between(two(Double.NaN, 4, 10), two(0.8, 5, 9)));
        assertThrows(IllegalArgumentException.class, () -> DeltaM.between(two(0.8, 4, 10), two(Double.NaN, 5, 9)));
    }

    @Test
    void differentTasksMetricsOrDirectionsAreRefused() {
        Map<String, List<MetricValue>> digitOnly = Map.of("digit", List.of(value("accuracy", 0.8, HIGHER_IS_BETTER)));
        assertRefused(digitOnly, two(0.8, 4, 10), "age");
        assertRefused(digitOnly, Map.of("digit", List.of(value("f1", 0.8, HIGHER_IS_BETTER))), "accuracy");
        assertRefused(digitOnly, Map.of("digit", List.of(value("accuracy", 0.8, LOWER_IS_BETTER))), "LOWER");
        assertRefused(digitOnly, Map.of("digit", List.of()), "1 baselines and 0");
        assertRefused(Map.of(), Map.of(), "no tasks");
    }

    private static void assertRefused(
            Map<String, List<MetricValue>> baselines, Map<String, List<MetricValue>> measured, String part) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> DeltaM.between(baselines, measured));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
