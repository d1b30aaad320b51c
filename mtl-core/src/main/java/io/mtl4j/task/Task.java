package io.mtl4j.task;

import java.util.List;
import java.util.Objects;

/**
 * One of the things a model predicts.
 *
 * @param name unique in its model, such as {@code digit}
 * @param kind what kind of answer it gives
 * @param loss the name of its loss, such as {@code cross-entropy}
 * @param outputs number of logits: classes, labels, tags or real outputs; 1 to 4,194,304
 * @param classNames names of the outputs; empty when they have none
 * @param metric the name of its main metric, by which models are compared
 * @param direction which way that metric is better
 */
public record Task(
        String name,
        TaskKind kind,
        String loss,
        int outputs,
        List<String> classNames,
        String metric,
        Direction direction) {

    /** Metrics keep some numbers for each output. */
    private static final int MOST_OUTPUTS = 1 << 22;

    /** Checks the values and copies the names. */
    public Task {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(direction, "direction");
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("task name is blank; give each task a name, such as \"digit\"");
        }
        if (outputs < 1 || outputs > MOST_OUTPUTS) {
            throw new IllegalArgumentException("task \"" + name + "\": outputs = " + outputs
                    + "; it must be at least 1, and at most " + MOST_OUTPUTS);
        }
        classNames = List.copyOf(classNames);
        if (!classNames.isEmpty() && kind != TaskKind.BINARY && classNames.size() != outputs) {
            throw new IllegalArgumentException("task \"" + name + "\": " + classNames.size() + " class names for "
                    + outputs + " outputs; give one name for each output");
        }
    }

    /**
     * A task with the main metric usual for its kind.
     *
     * @param name unique in its model
     * @param kind what kind of answer it gives
     * @param loss the name of its loss
     * @param outputs number of logits
     */
    public Task(String name, TaskKind kind, String loss, int outputs) {
        this(name, kind, loss, outputs, List.of(), kind.metric(), kind.direction());
    }

    /**
     * {@return a copy with another loss}
     *
     * @param other the name of the loss
     */
    public Task withLoss(String other) {
        return new Task(name, kind, other, outputs, classNames, metric, direction);
    }

    /**
     * {@return a copy whose outputs have names}
     *
     * @param names one for each output, or for a yes/no task the names of no and of yes; empty for none
     * @throws IllegalArgumentException if they are too few or too many
     */
    public Task withClassNames(List<String> names) {
        return new Task(name, kind, loss, outputs, names, metric, direction);
    }

    /**
     * {@return a copy that is judged by another metric}
     *
     * @param other the name of the metric
     * @param better which way it is better
     */
    public Task withMetric(String other, Direction better) {
        return new Task(name, kind, loss, outputs, classNames, other, better);
    }
}
