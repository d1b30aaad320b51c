package io.mtl4j.metric;

import io.mtl4j.task.Direction;
import java.util.Objects;

/**
 * A measured value.
 *
 * @param name the metric's name, such as {@code accuracy}
 * @param value the value; NaN when it is not defined, as for the AUC of a single class
 * @param direction which way it is better
 */
public record MetricValue(String name, double value, Direction direction) {
    /** Checks that nothing is missing. */
    public MetricValue {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(direction, "direction");
    }
}
