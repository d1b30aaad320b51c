package io.mtl4j.nn.search;

import io.mtl4j.metric.DeltaM;
import io.mtl4j.metric.MetricValue;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.task.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * By what configurations are judged.
 *
 * @param name what it is, for tables and the journal
 * @param function from what a model reached in the validation data to a number, and the direction in which that is better
 */
public record Objective(String name, Function<Evaluation, MetricValue> function) {

    /** Checks that both are there. */
    public Objective {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(function, "function");
    }

    /**
     * {@return a metric of one task, better in the metric's own direction}
     *
     * @param task the name of the task
     * @param metric the name of the metric, or {@code loss}
     */
    public static Objective metric(String task, String metric) {
        return new Objective(
                task + " " + metric, evaluation -> evaluation.task(task).value(metric));
    }

    /**
     * {@return delta-m against models of one task, higher is better}
     *
     * @param baselines the values that these reached in the same validation data, by task; see {@link DeltaM}
     */
    public static Objective deltaM(Map<String, List<MetricValue>> baselines) {
        Map<String, List<MetricValue>> copy = new LinkedHashMap<>(baselines);
        return new Objective("delta-m", evaluation -> {
            Map<String, List<MetricValue>> measured = new LinkedHashMap<>();
            copy.forEach((task, values) -> measured.put(
                    task,
                    values.stream()
                            .map(v -> evaluation.task(task).value(v.name()))
                            .toList()));
            return new MetricValue("delta-m", DeltaM.between(copy, measured).value(), Direction.HIGHER_IS_BETTER);
        });
    }

    /**
     * {@return the number and its direction}
     *
     * @param evaluation what a model reached
     */
    public MetricValue of(Evaluation evaluation) {
        return function.apply(evaluation);
    }
}
