package io.mtl4j.nn.search;

import io.mtl4j.search.Configuration;
import io.mtl4j.search.TrialRun;
import io.mtl4j.task.Direction;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What a trial reached after some epochs.
 *
 * @param trial its number, from 0
 * @param configuration its configuration
 * @param budget the epochs that it has been trained in all
 * @param value the objective; NaN if it failed
 * @param direction which way the objective is better
 * @param metrics all metrics of the validation data by task and name; empty if it failed
 * @param failure why it failed; empty if it did not
 * @param seconds what these epochs took, since the last result of the trial; 0 if it failed
 */
public record TrialResult(
        int trial,
        Configuration configuration,
        int budget,
        double value,
        Direction direction,
        Map<String, SortedMap<String, Double>> metrics,
        String failure,
        double seconds) {

    /** Checks that nothing is missing. */
    public TrialResult {
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(failure, "failure");
    }

    /** {@return whether it failed} */
    public boolean failed() {
        return !failure.isEmpty();
    }

    /** What a strategy makes small. */
    double cost() {
        if (failed()) {
            return Double.NaN;
        }
        return direction == Direction.LOWER_IS_BETTER ? value : -value;
    }

    /** What a strategy learns of it. */
    TrialRun.Outcome outcome() {
        return new TrialRun.Outcome(new TrialRun(trial, configuration, budget), cost());
    }
}
