package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a training as one picture: losses of all tasks in training and validation, one panel for each metric that tasks are
 * measured by, and, for a listener, the tasks' weights over time.
 *
 * <pre>{@code
 * LearningCurves curves = new LearningCurves();
 * TrainingResult result = Trainer.builder(model).listener(curves).build().fit(train, validation);
 * curves.writePng(Path.of("curves.png"));
 * }</pre>
 *
 * <p>It draws without a screen. The Java runtime needs fonts for the text, which very small systems lack: on Linux, install
 * fontconfig and any font. A listener serves one training at a time; a new one begins a new picture. It may be asked for a
 * picture while training goes on, on the training thread.
 */
public final class LearningCurves implements TrainingListener {

    private TrainingEvent.Started started;
    private final List<TrainingEvent.EpochDone> epochs = new ArrayList<>();
    private ThinnedHistory weights = new ThinnedHistory();

    /** Makes a listener that has heard nothing yet. */
    public LearningCurves() {
        // nothing to prepare: the first event starts the record
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started begin) {
            started = begin;
            epochs.clear();
            weights = new ThinnedHistory();
        } else if (event instanceof TrainingEvent.StepDone step) {
            weights.add(step.epoch() + (step.step() + 1.0) / started.stepsPerEpoch(), step.weights());
        } else if (event instanceof TrainingEvent.EpochDone epoch) {
            epochs.add(epoch);
        }
    }

    /**
     * Draws what was heard so far.
     *
     * @param file where to, replaced if it is there; missing folders are made
     * @throws IllegalStateException if no epoch has ended yet
     * @throws UncheckedIOException if the file cannot be written
     */
    public void writePng(Path file) {
        write(started, epochs, weights.points(), file);
    }

    /**
     * Draws a training that has ended, without the tasks' weights.
     *
     * @param result what came out
     * @param file where to, replaced if it is there; missing folders are made
     * @throws IllegalStateException if no epoch was completed
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void writePng(TrainingResult result, Path file) {
        write(result.started(), result.epochs(), List.of(), file);
    }

    private static void write(
            TrainingEvent.Started started,
            List<TrainingEvent.EpochDone> epochs,
            List<ThinnedHistory.Point> weights,
            Path file) {
        if (epochs.isEmpty()) {
            throw new IllegalStateException(
                    "learning curves: no epoch has ended yet; add the listener to a trainer and train first");
        }
        ChartFile.write("learning curves", new CurvePanels(started.tasks(), epochs, weights).panels(), file);
    }
}
