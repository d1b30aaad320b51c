package io.mtl4j.schedule;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Tasks one after the other: training starts with the first, and each of the others joins at its epoch, or when the
 * validation metric of the one before it no longer improves. If wished, a new task's head learns alone for some epochs
 * before it joins, while all else keeps its values. Made by {@link Schedules#progressive}.
 */
public final class Progressive implements TrainingSchedule {

    private static final int PLATEAU = -1;

    /** When a task joins: at an epoch, or ({@code PLATEAU}) after so many epochs without improvement. */
    private record Entry(String task, int epoch, int patience) {}

    private final List<Entry> entries;
    private final int warmUp;
    private int joined = 1;
    private int joinedAt;
    private int epochs;
    private Plateau watch = new Plateau();

    private Progressive(List<Entry> entries, int warmUp) {
        this.entries = List.copyOf(entries);
        this.warmUp = warmUp;
    }

    static Progressive startingWith(String task) {
        return new Progressive(List.of(new Entry(task, 0, 0)), 0);
    }

    /**
     * {@return a fresh schedule with one more task, which joins at an epoch}
     *
     * @param task the task's name
     * @param epoch the epoch, from 0, not before that of the task before it
     */
    public Progressive then(String task, int epoch) {
        int last = entries.stream().mapToInt(Entry::epoch).max().orElse(0);
        Require.atLeast("progressive: epoch of task \"" + task + "\"", epoch, last);
        return with(new Entry(task, epoch, 0));
    }

    /**
     * {@return a fresh schedule with one more task, which joins when the main metric of the task before it has not improved
     * for some epochs; this needs validation data}
     *
     * @param task the task's name
     * @param patience the number of epochs, at least 1
     */
    public Progressive thenAfterPlateau(String task, int patience) {
        Require.atLeast("progressive: patience before task \"" + task + "\"", patience, 1);
        return with(new Entry(task, PLATEAU, patience));
    }

    /**
     * {@return a fresh schedule in which each new head learns alone before its task joins}
     *
     * @param warmUpEpochs for how many epochs, at least 0
     */
    public Progressive warmUp(int warmUpEpochs) {
        return new Progressive(entries, Require.atLeast("progressive: warm-up epochs", warmUpEpochs, 0));
    }

    private Progressive with(Entry entry) {
        if (entries.stream().anyMatch(e -> e.task.equals(entry.task))) {
            throw new IllegalArgumentException("progressive: task \"" + entry.task + "\" joins twice; name each once");
        }
        List<Entry> more = new ArrayList<>(entries);
        more.add(entry);
        return new Progressive(more, warmUp);
    }

    @Override
    public String name() {
        return "progressive";
    }

    @Override
    public void checkFits(TaskSet tasks) {
        entries.forEach(entry -> tasks.indexOf(entry.task));
        if (entries.size() < tasks.size()) {
            throw new IllegalArgumentException("progressive: only the tasks "
                    + entries.stream().map(Entry::task).toList() + " of " + tasks.names()
                    + " ever join; add the others with then(...)");
        }
    }

    @Override
    public boolean needsValidation() {
        return entries.stream().anyMatch(entry -> entry.epoch == PLATEAU);
    }

    @Override
    public StepPlan plan(Progress progress) {
        if (joined < entries.size()
                && entries.get(joined).epoch != PLATEAU
                && progress.epoch() >= entries.get(joined).epoch) {
            join(progress.epoch());
            return plan(progress);
        }
        TaskSet tasks = progress.tasks();
        if (joined > 1 && progress.epoch() < joinedAt + warmUp) {
            return StepPlan.only(tasks, tasks.indexOf(entries.get(joined - 1).task))
                    .withEncoder(StepPlan.Layers.NONE);
        }
        return StepPlan.only(
                tasks,
                entries.subList(0, joined).stream()
                        .mapToInt(entry -> tasks.indexOf(entry.task))
                        .toArray());
    }

    private void join(int epoch) {
        joined++;
        joinedAt = epoch;
        watch = new Plateau();
    }

    @Override
    public void epochDone(TaskSet tasks, Map<String, SortedMap<String, Double>> validation) {
        epochs++;
        if (joined == entries.size() || entries.get(joined).epoch != PLATEAU || epochs <= joinedAt + warmUp) {
            return;
        }
        Task last = tasks.get(tasks.indexOf(entries.get(joined - 1).task));
        if (watch.update(last, validation) >= entries.get(joined).patience) {
            join(epochs);
        }
    }

    @Override
    public MethodState state() {
        return MethodState.empty(name())
                .with("progress", joined, joinedAt, epochs)
                .with("plateau", watch.state());
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        double[] progress = state.array("progress");
        if (progress.length != 3 || progress[0] < 1 || progress[0] > entries.size()) {
            throw new IllegalArgumentException("progressive: state " + Arrays.toString(progress) + " does not fit "
                    + entries.size() + " tasks; configure the same schedule as when the state was saved");
        }
        joined = (int) progress[0];
        joinedAt = (int) progress[1];
        epochs = (int) progress[2];
        double[] plateau = state.array("plateau");
        watch = Plateau.of(plateau[0], plateau[1]);
    }
}
