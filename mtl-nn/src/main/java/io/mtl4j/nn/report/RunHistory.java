package io.mtl4j.nn.report;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.train.GradientDiagnostics;
import io.mtl4j.nn.train.Listeners;
import io.mtl4j.nn.train.StepDiagnostics;
import io.mtl4j.task.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a training did so far, thinned, so that it does not grow with the training's length. */
final class RunHistory {

    private final TrainingEvent.Started started;
    private final Optional<TrainingEvent.Described> described;
    private final GradientDiagnostics gradients = Listeners.diagnostics(this::add);
    private final RunMarks marks;
    private TrainingEvent.EpochDone last;
    private TrainingEvent.EpochDone best;
    private TrainingEvent.Finished finished;
    private TrainingEvent.SharingSeen sharing;
    private double time;
    private long steps;

    final MeanHistory losses = new MeanHistory();
    final MeanHistory weights = new MeanHistory();
    final MeanHistory norms = new MeanHistory();
    final MeanHistory cosines = new MeanHistory();
    /** The learning rate, the norm of the update's gradient, the number of examples of a step and its seconds. */
    final MeanHistory updates = new MeanHistory();

    final MeanHistory epochLosses = new MeanHistory();
    final SortedMap<String, MeanHistory> metrics = new TreeMap<>();
    final Map<String, MeanHistory> generators = new LinkedHashMap<>();
    final Map<String, MeanHistory> choices = new LinkedHashMap<>();
    private final Map<String, List<String>> sources = new LinkedHashMap<>();

    RunHistory(TrainingEvent.Started started, Optional<TrainingEvent.Described> described) {
        this.started = started;
        this.described = described;
        this.time = started.firstEpoch();
        this.marks = new RunMarks(started.stepsPerEpoch());
        gradients.on(started);
    }

    void add(TrainingEvent event) {
        gradients.on(event);
        marks.add(event);
        if (event instanceof TrainingEvent.StepDone step) {
            updates.add(
                    time(step.epoch(), step.step()),
                    step.learningRate(),
                    step.gradientNorm(),
                    step.examples(),
                    step.nanos() / 1e9);
        } else if (event instanceof TrainingEvent.GeneratorDone made) {
            generators
                    .computeIfAbsent(made.task(), task -> new MeanHistory())
                    .add(time(made.epoch(), made.step()), made.loss());
        } else if (event instanceof TrainingEvent.EpochDone epoch) {
            add(epoch);
        } else if (event instanceof TrainingEvent.SharingSeen seen) {
            add(seen);
        } else if (event instanceof TrainingEvent.Finished end) {
            finished = end;
        }
    }

    private double time(int epoch, int step) {
        return epoch + (step + 1.0) / started.stepsPerEpoch();
    }

    private void add(StepDiagnostics step) {
        time = time(step.epoch(), step.step());
        steps++;
        losses.add(time, step.losses());
        weights.add(time, step.weights());
        if (step.knowsGradients()) {
            norms.add(time, step.norms());
            cosines.add(time, Cosines.shown(step.cosines()));
        }
    }

    private void add(TrainingEvent.EpochDone epoch) {
        last = epoch;
        if (epoch.best()) {
            best = epoch;
        }
        time = epoch.epoch() + 1;
        epochLosses.add(time, byTask(epoch.trainLosses()));
        epoch.validation().values().stream()
                .flatMap(values -> values.keySet().stream())
                .distinct()
                .forEach(name ->
                        metrics.computeIfAbsent(name, n -> new MeanHistory()).add(time, byTask(epoch, name)));
    }

    private double[] byTask(Map<String, Double> values) {
        return started.tasks().stream()
                .mapToDouble(task -> values.getOrDefault(task, Double.NaN))
                .toArray();
    }

    private double[] byTask(TrainingEvent.EpochDone epoch, String metric) {
        return started.tasks().stream()
                .mapToDouble(task -> epoch.validation()
                        .getOrDefault(task, Collections.emptySortedMap())
                        .getOrDefault(metric, Double.NaN))
                .toArray();
    }

    private void add(TrainingEvent.SharingSeen seen) {
        sharing = seen;
        seen.weights().forEach((reader, taken) -> {
            List<String> names = sources.computeIfAbsent(reader, r -> List.copyOf(taken.keySet()));
            double[] values = names.stream()
                    .mapToDouble(source -> taken.getOrDefault(source, Double.NaN))
                    .toArray();
            choices.computeIfAbsent(reader, r -> new MeanHistory()).add(seen.epoch() + 1.0, values);
        });
    }

    List<String> tasks() {
        return started.tasks();
    }

    TrainingEvent.Started started() {
        return started;
    }

    Map<String, Map<String, String>> facts() {
        return described.map(TrainingEvent.Described::facts).orElse(Map.of());
    }

    /** The metric that people look at first of a task, where the task is known. */
    Optional<String> mainMetric(String task) {
        return described.flatMap(d -> d.tasks().tasks().stream()
                .filter(t -> t.name().equals(task))
                .findFirst()
                .map(Task::metric));
    }

    GradientDiagnostics gradients() {
        return gradients;
    }

    List<PageData.Mark> marks() {
        return marks.all();
    }

    Optional<TrainingEvent.EpochDone> last() {
        return Optional.ofNullable(last);
    }

    Optional<TrainingEvent.EpochDone> best() {
        return Optional.ofNullable(best);
    }

    Optional<TrainingEvent.Finished> finished() {
        return Optional.ofNullable(finished);
    }

    Optional<TrainingEvent.SharingSeen> sharing() {
        return Optional.ofNullable(sharing);
    }

    /** What a reader chooses among. */
    List<String> sources(String reader) {
        return sources.get(reader);
    }

    double time() {
        return time;
    }

    long steps() {
        return steps;
    }
}
