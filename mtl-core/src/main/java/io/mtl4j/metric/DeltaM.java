package io.mtl4j.metric;

import io.mtl4j.task.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Delta-m: by how much a multi-task model is better than single-task baselines, on average over tasks whose metrics
 * cannot be compared.
 *
 * <p>With baseline B and measured value N, a metric's part is {@code (N - B) / B}, negated where lower is better; a
 * task's part is the mean over its metrics, and delta-m the mean over the tasks. So +0.02 is 2 % better than the
 * baselines, and negative is worse.
 *
 * <p>B is taken with its sign, as usual: a negative baseline turns the sign of its metric's part, so prefer metrics that
 * are positive.
 *
 * <p>Source: Maninis, Radosavovic and Kokkinos, "Attentive single-tasking of multiple tasks", CVPR 2019; with several
 * metrics a task as in LibMTL.
 *
 * @param tasks the part of each task
 */
public record DeltaM(List<TaskPart> tasks) {

    /** Checks that there is a task, and copies the list. */
    public DeltaM {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("no tasks; delta-m needs at least one");
        }
    }

    /**
     * The part of a task.
     *
     * @param task the task's name
     * @param metrics the part of each of its metrics
     */
    public record TaskPart(String task, List<MetricPart> metrics) {
        /** Checks that there is a metric, and copies the list. */
        public TaskPart {
            Objects.requireNonNull(task, "task");
            metrics = List.copyOf(metrics);
            if (metrics.isEmpty()) {
                throw new IllegalArgumentException("task \"" + task + "\": no metrics; give at least one");
            }
        }

        /** {@return the mean over the metrics, a fraction} */
        public double value() {
            return metrics.stream().mapToDouble(MetricPart::value).average().orElseThrow();
        }
    }

    /**
     * The part of a metric.
     *
     * @param metric the metric's name
     * @param baseline the single-task value B
     * @param measured the multi-task value N
     * @param direction which way the metric is better
     */
    public record MetricPart(String metric, double baseline, double measured, Direction direction) {
        /** Checks that the values are finite and the baseline not zero. */
        public MetricPart {
            Objects.requireNonNull(metric, "metric");
            Objects.requireNonNull(direction, "direction");
            if (!Double.isFinite(baseline) || baseline == 0) {
                throw new IllegalArgumentException("metric \"" + metric + "\": baseline " + baseline
                        + "; delta-m divides by it, so it must be finite and not 0: choose another metric");
            }
            if (!Double.isFinite(measured)) {
                throw new IllegalArgumentException(
                        "metric \"" + metric + "\": measured value " + measured + "; it must be finite");
            }
        }

        /** {@return {@code (N - B) / B}, negated where lower is better} */
        public double value() {
            double change = (measured - baseline) / baseline;
            return direction == Direction.HIGHER_IS_BETTER ? change : -change;
        }
    }

    /**
     * Compares the values of a multi-task model with those of single-task models.
     *
     * @param baselines the single-task values of each task, by the task's name
     * @param measured the multi-task values, for the same tasks and metrics, in any order
     * @return delta-m, its tasks and metrics in the order of the baselines
     * @throws IllegalArgumentException if tasks, metrics or directions differ, a value is not finite, or a baseline is 0
     */
    public static DeltaM between(
            Map<String, ? extends List<MetricValue>> baselines, Map<String, ? extends List<MetricValue>> measured) {
        if (!baselines.keySet().equals(measured.keySet())) {
            throw new IllegalArgumentException("baselines for tasks " + baselines.keySet() + ", measured values for "
                    + measured.keySet() + "; give both for the same tasks");
        }
        List<TaskPart> parts = new ArrayList<>();
        baselines.forEach((task, values) -> parts.add(part(task, values, measured.get(task))));
        return new DeltaM(parts);
    }

    private static TaskPart part(String task, List<MetricValue> baselines, List<MetricValue> measured) {
        if (baselines.size() != measured.size()) {
            throw new IllegalArgumentException("task \"" + task + "\": " + baselines.size() + " baselines and "
                    + measured.size() + " measured values; give both for the same metrics");
        }
        List<MetricPart> parts = new ArrayList<>();
        for (MetricValue baseline : baselines) {
            MetricValue now = measured.stream()
                    .filter(value -> value.name().equals(baseline.name()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("task \"" + task + "\": no measured value for \""
                            + baseline.name() + "\"; give the same metrics as for the baseline"));
            if (now.direction() != baseline.direction()) {
                throw new IllegalArgumentException("task \"" + task + "\": metric \"" + baseline.name() + "\" is "
                        + baseline.direction() + " in the baseline and " + now.direction() + " in the measured value");
            }
            parts.add(new MetricPart(baseline.name(), baseline.value(), now.value(), baseline.direction()));
        }
        return new TaskPart(task, parts);
    }

    /** {@return delta-m, a fraction: 0.02 is 2 % better than the baselines} */
    public double value() {
        return tasks.stream().mapToDouble(TaskPart::value).average().orElseThrow();
    }

    /** {@return a table of all parts in per cent, with delta-m in the last line} */
    public String report() {
        StringBuilder text = new StringBuilder();
        for (TaskPart task : tasks) {
            for (MetricPart m : task.metrics()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s %s: %.5g -> %.5g (%+.2f %%)\n",
                        task.task(),
                        m.metric(),
                        m.baseline(),
                        m.measured(),
                        100 * m.value()));
            }
        }
        return text.append(this).append('\n').toString();
    }

    /** {@return such as {@code delta-m +1.25 % (digit +2.00 %, age +0.50 %)}} */
    @Override
    public String toString() {
        List<String> parts =
                tasks.stream().map(task -> task.task() + percent(task.value())).toList();
        return "delta-m" + percent(value()) + " (" + String.join(", ", parts) + ")";
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, " %+.2f %%", 100 * value);
    }
}
