package io.mtl4j.nn.report;

import io.mtl4j.event.TrainingEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How far a training is, in words. */
final class RunStatus {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final int NAMES = 4;

    private final RunHistory run;
    private final boolean running;
    private final Duration passed;
    private final Clock clock;

    /**
     * Makes a status.
     *
     * @param nanos since training began
     */
    RunStatus(RunHistory run, boolean running, long nanos, Clock clock) {
        this.run = run;
        this.running = running;
        this.passed = Duration.ofNanos(nanos);
        this.clock = clock;
    }

    String state() {
        return running ? "running" : run.finished().isPresent() ? "finished" : "stopped";
    }

    String written() {
        return ZonedDateTime.now(clock).format(MOMENT);
    }

    /** The names of the tasks, of the first if there are many. */
    String names() {
        List<String> tasks = run.tasks();
        return tasks.size() <= NAMES + 1
                ? String.join(", ", tasks)
                : String.join(", ", tasks.subList(0, NAMES)) + " and " + (tasks.size() - NAMES) + " more tasks";
    }

    String words() {
        return run.finished().map(this::ended).orElseGet(this::soFar);
    }

    private String ended(TrainingEvent.Finished end) {
        return String.format(
                Locale.ROOT,
                "%s, %,d steps in %s; %s; the model has the parameters of epoch %d",
                epochs(end.epochs()),
                run.steps(),
                text(Duration.ofNanos(end.nanos())),
                end.reason(),
                end.bestEpoch() + 1);
    }

    private String soFar() {
        int planned = run.started().epochs();
        double done = run.time() - run.started().firstEpoch();
        String text = String.format(
                Locale.ROOT, "%.1f of %s, %,d steps in %s", run.time(), epochs(planned), run.steps(), text(passed));
        if (!running) {
            return text + "; training ended by an exception";
        }
        if (done <= 0) {
            return text;
        }
        double left = passed.toMillis() / done * (planned - run.time());
        return text + ", some " + text(Duration.ofMillis((long) left)) + " left";
    }

    private static String epochs(int count) {
        return count == 1 ? "1 epoch" : count + " epochs";
    }

    private static String text(Duration time) {
        if (time.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
        }
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
    }
}
