package io.mtl4j.schedule;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A schedule in which each task has a stop rule of its own. Made by {@link Schedules#stopping}. */
final class StoppingTasks implements TrainingSchedule {

    private static final String PLATEAU = "plateau:";

    private final TrainingSchedule inner;
    private final int patience;
    private final Map<String, Plateau> watched = new TreeMap<>();
    private final TreeSet<String> stopped = new TreeSet<>();
    private boolean allStopped;

    StoppingTasks(TrainingSchedule inner, int patience) {
        this.inner = inner;
        this.patience = Require.atLeast("stopping: patience", patience, 1);
    }

    @Override
    public String name() {
        return "stopping-" + inner.name();
    }

    @Override
    public void checkFits(TaskSet tasks) {
        inner.checkFits(tasks);
    }

    @Override
    public boolean needsValidation() {
        return true;
    }

    @Override
    public StepPlan plan(Progress progress) {
        StepPlan plan = inner.plan(progress);
        List<Double> factors = new ArrayList<>(plan.tasks());
        for (String task : stopped) {
            factors.set(progress.tasks().indexOf(task), 0.0);
        }
        return new StepPlan(factors, plan.encoder(), plan.heads());
    }

    @Override
    public void epochDone(TaskSet tasks, Map<String, SortedMap<String, Double>> validation) {
        inner.epochDone(tasks, validation);
        tasks.forEach(task -> {
            Plateau plateau = watched.computeIfAbsent(task.name(), name -> new Plateau());
            if (plateau.update(task, validation) >= patience) {
                stopped.add(task.name());
            }
        });
        allStopped = stopped.size() == tasks.size();
    }

    @Override
    public Optional<String> finished() {
        return allStopped
                ? Optional.of("every task has stopped: none improved for " + patience + " epochs")
                : inner.finished();
    }

    @Override
    public MethodState state() {
        MethodState state = MethodState.empty(name()).with("patience", patience);
        for (var entry : inner.state().values().entrySet()) {
            state = state.with("inner:" + entry.getKey(), entry.getValue());
        }
        for (var entry : watched.entrySet()) {
            state = state.with(PLATEAU + entry.getKey(), entry.getValue().state());
        }
        for (String task : stopped) {
            state = state.with("stopped:" + task, 1);
        }
        return state;
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        MethodState within = MethodState.empty(inner.name());
        watched.clear();
        stopped.clear();
        for (var entry : state.values().entrySet()) {
            String name = entry.getKey();
            double[] value = entry.getValue();
            if (name.startsWith("inner:")) {
                within = within.with(name.substring("inner:".length()), value);
            } else if (name.startsWith(PLATEAU)) {
                watched.put(name.substring(PLATEAU.length()), Plateau.of(value[0], value[1]));
            } else if (name.startsWith("stopped:")) {
                stopped.add(name.substring("stopped:".length()));
            }
        }
        inner.restore(within);
        allStopped = !watched.isEmpty() && stopped.size() == watched.size();
    }
}
