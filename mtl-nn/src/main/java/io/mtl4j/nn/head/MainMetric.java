package io.mtl4j.nn.head;

import io.mtl4j.metric.MetricValue;
import io.mtl4j.metric.Metrics;
import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import java.util.List;
import java.util.Optional;

/** Chooses the metric by which a task is judged. */
final class MainMetric {

    private static final String LOSS = "loss";

    private MainMetric() {}

    /**
     * The task with a metric that is measured for it.
     *
     * @param name the metric's name; empty for the usual one of the kind, or the first measured if that is not measured,
     *     as for tags that do not mark entities
     */
    static Task choose(Task task, Optional<String> name) {
        Task probe = task.withMetric(LOSS, Direction.LOWER_IS_BETTER);
        List<MetricValue> measured = Metrics.measured(probe);
        String wanted = name.orElse(task.kind().metric());
        if (wanted.equals(LOSS)) {
            return probe;
        }
        return measured.stream()
                .filter(m -> m.name().equals(wanted))
                .findFirst()
                .or(() ->
                        name.isPresent() ? Optional.empty() : measured.stream().findFirst())
                .map(m -> task.withMetric(m.name(), m.direction()))
                .orElseThrow(() -> new IllegalArgumentException("task \"" + task.name() + "\": metric \"" + wanted
                        + "\" is not measured for this task; choose loss, or one of "
                        + measured.stream().map(MetricValue::name).toList()));
    }
}
