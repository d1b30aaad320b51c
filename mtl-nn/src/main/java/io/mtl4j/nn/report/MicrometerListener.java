package io.mtl4j.nn.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells Micrometer how a training goes, and so Prometheus, JMX or what else an application's registry feeds.
 *
 * <pre>{@code
 * Trainer.builder(model)
 *     .listener(MicrometerListener.of(registry, "shop"))
 *     .build()
 *     .fit(train, validation);
 * }</pre>
 *
 * <table>
 * <caption>Meters; all have the tag {@code model}</caption>
 * <tr><th>name</th><th>kind</th><th>further tags</th><th>what</th></tr>
 * <tr><td>{@code mtl4j.training.loss}</td><td>gauge</td><td>{@code task}</td><td>loss of the last step with labels</td></tr>
 * <tr><td>{@code mtl4j.training.weight}</td><td>gauge</td><td>{@code task}</td><td>weight in the last step</td></tr>
 * <tr><td>{@code mtl4j.training.validation}</td><td>gauge</td><td>{@code task}, {@code metric}</td><td>metric of the last
 *     epoch</td></tr>
 * <tr><td>{@code mtl4j.training.epoch}, {@code mtl4j.training.learning.rate}</td><td>gauge</td><td></td><td>epochs done;
 *     learning rate</td></tr>
 * <tr><td>{@code mtl4j.training.step}</td><td>timer</td><td></td><td>number and time of the steps</td></tr>
 * <tr><td>{@code mtl4j.training.examples}</td><td>counter</td><td></td><td>examples trained on</td></tr>
 * <tr><td>{@code mtl4j.training.divergences}</td><td>counter</td><td>{@code task}</td><td>losses and gradients that were
 *     not finite</td></tr>
 * <tr><td>{@code mtl4j.training.checkpoints}</td><td>counter</td><td>{@code outcome}: {@code written} or {@code
 *     failed}</td><td>checkpoints</td></tr>
 * </table>
 *
 * <p>Gauges keep their last values when training ends; those of another training with the same model tag take their place.
 * Micrometer is an optional dependency: an application that wants meters brings {@code io.micrometer:micrometer-core}
 * along, or the registry that needs it. {@link Meters} has the same for the global registry.
 */
public final class MicrometerListener implements TrainingListener {

    private static final String PREFIX = "mtl4j.training.";

    private final MeterRegistry registry;
    private final Tags model;
    private final Timer steps;
    private final Counter examples;
    private final Map<List<String>, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();
    private List<String> tasks = List.of();

    private MicrometerListener(MeterRegistry registry, String model) {
        this.registry = registry;
        this.model = Tags.of("model", model);
        this.steps = Timer.builder(PREFIX + "step")
                .description("training steps")
                .tags(this.model)
                .register(registry);
        this.examples = Counter.builder(PREFIX + "examples")
                .description("examples trained on")
                .tags(this.model)
                .register(registry);
    }

    /**
     * {@return a listener}
     *
     * @param registry the application's
     * @param model what tells this model's meters from those of others
     */
    public static MicrometerListener of(MeterRegistry registry, String model) {
        return new MicrometerListener(
                Objects.requireNonNull(registry, "registry"), Objects.requireNonNull(model, "model"));
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            tasks = started.tasks();
            tasks.forEach(task -> divergences(task).increment(0));
            set(started.firstEpoch(), "epoch");
        } else if (event instanceof TrainingEvent.StepDone step) {
            add(step);
        } else if (event instanceof TrainingEvent.EpochDone epoch) {
            set(epoch.epoch() + 1.0, "epoch");
            epoch.validation()
                    .forEach((task, metrics) -> metrics.forEach(
                            (metric, value) -> set(value, "validation", "task", task, "metric", metric)));
        } else if (event instanceof TrainingEvent.Diverged diverged) {
            divergences(diverged.task()).increment();
        } else if (event instanceof TrainingEvent.CheckpointWritten) {
            checkpoints("written").increment();
        } else if (event instanceof TrainingEvent.CheckpointFailed) {
            checkpoints("failed").increment();
        }
    }

    private void add(TrainingEvent.StepDone step) {
        steps.record(step.nanos(), TimeUnit.NANOSECONDS);
        examples.increment(step.examples());
        set(step.learningRate(), "learning.rate");
        for (int k = 0; k < tasks.size(); k++) {
            if (!Double.isNaN(step.losses()[k])) {
                set(step.losses()[k], "loss", "task", tasks.get(k));
            }
            if (!Double.isNaN(step.weights()[k])) {
                set(step.weights()[k], "weight", "task", tasks.get(k));
            }
        }
    }

    /** Sets a gauge. The registry holds the number that it shows only weakly, so that this listener holds it, and its gauge. */
    private void set(double value, String name, String... tags) {
        gauges.computeIfAbsent(List.of(name, String.join("\n", tags)), key -> register(name, tags))
                .set(value);
    }

    private AtomicReference<Double> register(String name, String... tags) {
        AtomicReference<Double> number = new AtomicReference<>(Double.NaN);
        Gauge.Builder<AtomicReference<Double>> gauge = Gauge.builder(PREFIX + name, number, AtomicReference::get)
                .tags(model.and(tags))
                .strongReference(true);
        registry.find(PREFIX + name).tags(model.and(tags)).gauges().forEach(registry::remove);
        gauge.register(registry);
        return number;
    }

    private Counter divergences(String task) {
        return registry.counter(PREFIX + "divergences", model.and("task", task));
    }

    private Counter checkpoints(String outcome) {
        return registry.counter(PREFIX + "checkpoints", model.and("outcome", outcome));
    }
}
