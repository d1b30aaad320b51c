package io.mtl4j.metric;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import java.util.Optional;

/** Gives the usual measures for a task. */
public final class Metrics {

    /**
     * Above this number of outputs, the measures that need every score kept (AUC, average precision, Spearman) are left
     * out by {@link #forTask}, to keep memory in bounds: they take 8 bytes (16 for Spearman) an output and example.
     */
    public static final int MAX_RANKED_OUTPUTS = 100;

    private static final int TOP_K = 5;

    private Metrics() {}

    /**
     * New, empty measures for a task.
     *
     * <p>{@code CUSTOM} tasks get none (the loss, their usual main metric, is measured by who computes it). {@code
     * MULTI_CLASS} tasks get {@code top-5-accuracy} when they have more than 5 classes.
     *
     * @param task the task; its main metric must be among the values, or be {@code loss}
     * @return measures without examples
     * @throws IllegalArgumentException if the task's main metric is not among the values, or has another direction
     */
    public static TaskMetrics forTask(Task task) {
        TaskMetrics metrics = create(task);
        if (task.kind() != TaskKind.CUSTOM && !task.metric().equals("loss")) {
            checkMainMetric(task, metrics.values());
        }
        return metrics;
    }

    /**
     * {@return what is measured for a task, without values} It does not take memory in proportion to the outputs.
     *
     * @param task the task; its main metric does not matter
     */
    public static List<MetricValue> measured(Task task) {
        // Above this number the same is measured whatever the number is.
        int enough = MAX_RANKED_OUTPUTS + 1;
        boolean small = task.outputs() <= enough || !task.classNames().isEmpty();
        return create(small ? task : new Task(task.name(), task.kind(), task.loss(), enough))
                .values();
    }

    private static TaskMetrics create(Task task) {
        boolean ranked = task.outputs() <= MAX_RANKED_OUTPUTS;
        return switch (task.kind()) {
            case BINARY -> new BinaryMetrics(task, 0.5);
            case MULTI_CLASS -> new MultiClassMetrics(task, task.outputs() > TOP_K ? TOP_K : 1, ranked);
            case MULTI_LABEL -> new MultiLabelMetrics(task, 0.5, ranked);
            case REGRESSION -> new RegressionMetrics(task, ranked);
            case TAGGING -> new TaggingMetrics(task);
            case RANKING -> new RankingMetrics(task);
            case SEGMENTATION -> new PixelMetrics(task);
            case PIXEL_REGRESSION -> new RegressionMetrics(task, false);
            case SEQUENCE -> new SequenceMetrics(task);
            case CUSTOM -> new NoMetrics(task.name());
        };
    }

    private static void checkMainMetric(Task task, List<MetricValue> values) {
        Optional<MetricValue> main = values.stream()
                .filter(value -> value.name().equals(task.metric()))
                .findFirst();
        if (main.isEmpty()) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": metric \"" + task.metric()
                    + "\" is not measured for this task; choose one of "
                    + values.stream().map(MetricValue::name).toList()
                    + (task.kind() == TaskKind.TAGGING
                            ? ", or give class names such as O, B-PER, I-PER to have entities measured"
                            : ""));
        }
        if (main.get().direction() != task.direction()) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": direction " + task.direction()
                    + " does not fit metric \"" + task.metric() + "\"; it is "
                    + main.get().direction());
        }
    }
}
