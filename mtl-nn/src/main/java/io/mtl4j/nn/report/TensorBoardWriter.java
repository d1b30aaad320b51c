package io.mtl4j.nn.report;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.internal.Require;
import io.mtl4j.nn.train.GradientDiagnostics;
import io.mtl4j.nn.train.Listeners;
import io.mtl4j.nn.train.StepDiagnostics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a training as a file of events that TensorBoard shows: {@code tensorboard --logdir folder}. Give each training a
 * folder of its own within one, and TensorBoard shows them beside each other.
 *
 * <table>
 * <caption>What is written</caption>
 * <tr><th>tag</th><th>when</th><th>what</th></tr>
 * <tr><td>{@code loss/<task>/step}</td><td>step</td><td>loss of the step</td></tr>
 * <tr><td>{@code weight/<task>}</td><td>step</td><td>the task's weight in the update</td></tr>
 * <tr><td>{@code gradient-norm/<task>}, {@code cosine/<task>/<task>}</td><td>step</td><td>where the tasks' gradients were
 *     computed; cosines of up to 10 tasks</td></tr>
 * <tr><td>{@code update/learning-rate}, {@code update/gradient-norm}, {@code update/examples-per-second}</td><td>step</td>
 *     <td>the update of all parameters</td></tr>
 * <tr><td>{@code loss/<task>/generator}</td><td>step</td><td>loss of the generator of an adversarial task</td></tr>
 * <tr><td>{@code loss/<task>/train}</td><td>epoch</td><td>mean loss of the epoch</td></tr>
 * <tr><td>{@code <metric>/<task>/validation}</td><td>epoch</td><td>validation, the loss among the metrics</td></tr>
 * </table>
 *
 * <p>Steps are counted over epochs, from 1. What is not finite is left out. A number takes some 40 bytes; {@link #in(Path,
 * int)} writes fewer. The file is on the disk after each epoch. The time of day is told to TensorBoard and means nothing to
 * the training. Events that cannot be written, as on a full disk, end the training with an {@link
 * UncheckedIOException}. A listener serves one training at a time; a new one begins a new file.
 */
public final class TensorBoardWriter implements TrainingListener, AutoCloseable {

    private static final int COSINES_UP_TO = 10;

    private final Path folder;
    private final int every;
    private final Clock clock;
    private final GradientDiagnostics gradients = Listeners.diagnostics(this::step);
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private List<String> tasks = List.of();
    private int stepsPerEpoch;
    private EventFile file;

    TensorBoardWriter(Path folder, int every, Clock clock) {
        this.folder = Objects.requireNonNull(folder, "folder").toAbsolutePath();
        this.every = Require.atLeast("TensorBoard: steps between two that are written", every, 1);
        this.clock = clock;
    }

    /**
     * {@return a listener that writes every step}
     *
     * @param folder where to; made if it is not there
     */
    public static TensorBoardWriter in(Path folder) {
        return in(folder, 1);
    }

    /**
     * {@return a listener that writes every n-th step}
     *
     * @param folder where to; made if it is not there
     * @param every n, at least 1: the n-th, the 2n-th, ...; epochs are all written
     * @throws IllegalArgumentException if n is below 1
     */
    public static TensorBoardWriter in(Path folder, int every) {
        return new TensorBoardWriter(folder, every, Clock.systemUTC());
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            start(started);
        } else if (event instanceof TrainingEvent.GeneratorDone made) {
            put("loss/" + made.task() + "/generator", made.loss());
        } else if (event instanceof TrainingEvent.StepDone step) {
            put("update/learning-rate", step.learningRate());
            put("update/gradient-norm", step.gradientNorm());
            put("update/examples-per-second", step.examples() * 1e9 / step.nanos());
        }
        gradients.on(event);
        if (event instanceof TrainingEvent.EpochDone epoch) {
            epoch(epoch);
        }
    }

    private void start(TrainingEvent.Started started) {
        close();
        tasks = started.tasks();
        stepsPerEpoch = started.stepsPerEpoch();
        numbers.clear();
        try {
            Files.createDirectories(folder);
            file = new EventFile(folder.resolve(name()), seconds());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** TensorBoard reads the files of a folder in the order of their names, so that a resumed training follows its first part. */
    private String name() {
        Instant now = clock.instant();
        return String.format(Locale.ROOT, "events.out.tfevents.%010d.%09d.mtl4j", now.getEpochSecond(), now.getNano());
    }

    private void step(StepDiagnostics step) {
        long count = (long) step.epoch() * stepsPerEpoch + step.step() + 1;
        if (count % every == 0) {
            byTask("loss/%s/step", step.losses());
            byTask("weight/%s", step.weights());
            if (step.knowsGradients()) {
                byTask("gradient-norm/%s", step.norms());
                cosines(step.cosines());
            }
            write(count);
        }
        numbers.clear();
    }

    private void cosines(double[][] cosines) {
        for (int i = 0; i < cosines.length && cosines.length <= COSINES_UP_TO; i++) {
            for (int j = i + 1; j < cosines.length; j++) {
                put("cosine/" + tasks.get(i) + "/" + tasks.get(j), cosines[i][j]);
            }
        }
    }

    private void byTask(String tag, double[] values) {
        for (int i = 0; i < values.length; i++) {
            put(tag.replace("%s", tasks.get(i)), values[i]);
        }
    }

    private void epoch(TrainingEvent.EpochDone epoch) {
        epoch.trainLosses().forEach((task, loss) -> put("loss/" + task + "/train", loss));
        epoch.validation()
                .forEach((task, metrics) ->
                        metrics.forEach((metric, value) -> put(metric + "/" + task + "/validation", value)));
        write((epoch.epoch() + 1L) * stepsPerEpoch);
        numbers.clear();
        try {
            file.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void put(String tag, double value) {
        if (Float.isFinite((float) value)) {
            numbers.put(tag, value);
        }
    }

    private void write(long step) {
        try {
            file.write(step, seconds(), numbers);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private double seconds() {
        return clock.millis() / 1e3;
    }

    /** Ends the file; the trainer does it when training ends. */
    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw failed(e);
            } finally {
                file = null;
            }
        }
    }

    private UncheckedIOException failed(IOException cause) {
        return new UncheckedIOException(
                "TensorBoard events in " + folder + ": cannot be written (" + cause.getMessage()
                        + "); give a folder where the application may write",
                cause);
    }
}
