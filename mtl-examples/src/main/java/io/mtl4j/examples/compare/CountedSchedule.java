package io.mtl4j.examples.compare;

import io.mtl4j.schedule.Progress;
import io.mtl4j.schedule.StepPlan;
import io.mtl4j.schedule.TrainingSchedule;
import io.mtl4j.step.MethodState;
import io.mtl4j.task.TaskSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A schedule that counts in how many steps each task, each layer of the encoder and the heads train. */
final class CountedSchedule implements TrainingSchedule {

    private final TrainingSchedule schedule;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private int steps;

    CountedSchedule(TrainingSchedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public String name() {
        return schedule.name();
    }

    @Override
    public StepPlan plan(Progress progress) {
        StepPlan plan = schedule.plan(progress);
        steps++;
        for (int k = 0; k < progress.tasks().size(); k++) {
            count(progress.tasks().get(k).name(), plan.takesPart(k));
        }
        for (int layer = 0; layer < progress.encoderLayers(); layer++) {
            count("layer " + (layer + 1), plan.encoder().contains(layer));
        }
        count("heads", plan.heads());
        return plan;
    }

    private void count(String part, boolean trains) {
        counts.merge(part, trains ? 1 : 0, Integer::sum);
    }

    /** For people: such as {@code left 100 %, right 75 %, layer 1 75 %, heads 100 % of the steps}. */
    String shares() {
        return counts.entrySet().stream()
                .map(part -> String.format(Locale.ROOT, "%s %.0f %%", part.getKey(), 100.0 * part.getValue() / steps))
                .collect(Collectors.joining(", ", "", " of " + steps + " steps"));
    }

    @Override
    public void checkFits(TaskSet tasks) {
        schedule.checkFits(tasks);
    }

    @Override
    public boolean needsValidation() {
        return schedule.needsValidation();
    }

    @Override
    public void epochDone(TaskSet tasks, Map<String, SortedMap<String, Double>> validation) {
        schedule.epochDone(tasks, validation);
    }

    @Override
    public Optional<String> finished() {
        return schedule.finished();
    }

    @Override
    public MethodState state() {
        return schedule.state();
    }

    @Override
    public void restore(MethodState state) {
        schedule.restore(state);
    }
}
