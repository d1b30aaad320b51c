package io.mtl4j.nn.evaluate;

import io.mtl4j.metric.MetricValue;
import io.mtl4j.task.Direction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well a model does on a data set.
 *
 * @param tasks by task, in the order of the model; tasks without a label in the data are not there
 */
public record Evaluation(Map<String, TaskEvaluation> tasks) {

    /** Copies the map, in its order. */
    public Evaluation {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    }

    /**
     * How well a model does in one task.
     *
     * @param loss mean loss over the labels; NaN if it was not a model that was evaluated
     * @param labels number of labels
     * @param metrics all metrics of the task's kind
     * @param report for people
     */
    public record TaskEvaluation(double loss, long labels, List<MetricValue> metrics, String report) {
        /** Copies the list. */
        public TaskEvaluation {
            metrics = List.copyOf(metrics);
        }

        /**
         * {@return a metric's value}
         *
         * @param name its name, such as {@code accuracy}, or {@code loss}
         * @throws IllegalArgumentException if the task has no such metric
         */
        public double metric(String name) {
            return value(name).value();
        }

        /**
         * {@return a metric's value, with the direction in which it is better}
         *
         * @param name its name, such as {@code accuracy}, or {@code loss}
         * @throws IllegalArgumentException if the task has no such metric
         */
        public MetricValue value(String name) {
            if (name.equals("loss")) {
                return new MetricValue(name, loss, Direction.LOWER_IS_BETTER);
            }
            return metrics.stream()
                    .filter(m -> m.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no metric \"" + name + "\"; there are loss and "
                            + metrics.stream().map(MetricValue::name).toList()));
        }
    }

    /**
     * {@return a task's evaluation}
     *
     * @param name the task's name
     * @throws IllegalArgumentException if the data had no label of that task
     */
    public TaskEvaluation task(String name) {
        TaskEvaluation found = tasks.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no evaluation of task \"" + name + "\"; the data had labels of " + tasks.keySet());
        }
        return found;
    }

    /** {@return all metrics by task and name, the loss among them as {@code loss}} */
    public Map<String, SortedMap<String, Double>> asMap() {
        Map<String, SortedMap<String, Double>> all = new LinkedHashMap<>();
        tasks.forEach((name, evaluation) -> {
            SortedMap<String, Double> values = new TreeMap<>();
            values.put("loss", evaluation.loss());
            evaluation.metrics().forEach(m -> values.put(m.name(), m.value()));
            all.put(name, values);
        });
        return all;
    }

    /** {@return the reports of all tasks, for people} */
    public String report() {
        StringBuilder text = new StringBuilder();
        tasks.forEach((name, evaluation) -> text.append("task ")
                .append(name)
                .append(" (")
                .append(evaluation.labels())
                .append(" labels)\n")
                .append(evaluation.report())
                .append('\n'));
        return text.toString();
    }
}
