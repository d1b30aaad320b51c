package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.knowm.xchart.XYChart;

/**
 * Watches how the tasks' gradients go together: their norms, the cosine of each pair, the weights they get and the losses.
 * A negative cosine is a conflict: to first order, a step that helps one task harms the other.
 *
 * <pre>{@code
 * GradientDiagnostics diagnostics = Listeners.diagnostics(Path.of("gradients.csv"));
 * Trainer.builder(model)
 *     .aggregation(Aggregations.pcGrad())
 *     .listener(diagnostics)
 *     .build()
 *     .fit(train);
 * System.out.println(diagnostics.summary());
 * diagnostics.writePng(Path.of("gradients.png"));
 * }</pre>
 *
 * <p>Aggregators compute the gradients at every step. Loss weightings do not: with them, norms and cosines are known only in
 * the steps that {@link TrainerBuilder#gradientDiagnosticsEvery} asks for. The gradients are those before any weight, of
 * the shared parameters or, where the method works on it, of the representation.
 *
 * <p>A listener serves one training at a time; a new one begins anew. What is kept in memory does not grow with the length
 * of the training.
 */
public final class GradientDiagnostics implements TrainingListener, AutoCloseable {

    private final Optional<Path> file;
    private final Consumer<StepDiagnostics> consumer;
    private TrainingEvent.Started started;
    private DiagnosticsCsv csv;
    private double[][] gramian;
    private GradientSummary.Sums sums;
    private ThinnedHistory weights;
    private ThinnedHistory norms;
    private ThinnedHistory cosines;
    private double time;

    /**
     * Makes a listener that hands every step on.
     *
     * @param consumer hears of each step on the training thread
     */
    GradientDiagnostics(Optional<Path> file, Consumer<StepDiagnostics> consumer) {
        this.file = file;
        this.consumer = Objects.requireNonNull(consumer, "consumer");
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started begin) {
            start(begin);
        } else if (event instanceof TrainingEvent.GramianSeen seen) {
            gramian = seen.gramian();
        } else if (event instanceof TrainingEvent.StepDone step) {
            add(StepDiagnostics.of(step.epoch(), step.step(), step.losses(), step.weights(), gramian));
            gramian = null;
        }
    }

    private void start(TrainingEvent.Started begin) {
        close();
        started = begin;
        sums = new GradientSummary.Sums(begin.tasks().size());
        weights = new ThinnedHistory();
        norms = new ThinnedHistory();
        cosines = new ThinnedHistory();
        gramian = null;
        csv = file.map(path -> new DiagnosticsCsv(path, begin.tasks())).orElse(null);
    }

    private void add(StepDiagnostics step) {
        time = step.epoch() + (step.step() + 1.0) / started.stepsPerEpoch();
        double[] lengths = step.norms();
        double[] pairs = pairs(step.cosines());
        weights.add(time, step.weights());
        if (step.knowsGradients()) {
            sums.add(step);
            norms.add(time, lengths);
            cosines.add(time, pairs);
        }
        if (csv != null) {
            int tasks = started.tasks().size();
            csv.write(step, orUnknown(lengths, tasks), orUnknown(pairs, tasks * (tasks - 1) / 2));
        }
        consumer.accept(step);
    }

    private static double[] pairs(double[][] cosines) {
        double[] pairs = new double[cosines.length * (cosines.length - 1) / 2];
        int at = 0;
        for (int i = 0; i < cosines.length; i++) {
            for (int j = i + 1; j < cosines.length; j++) {
                pairs[at++] = cosines[i][j];
            }
        }
        return pairs;
    }

    private static double[] orUnknown(double[] values, int count) {
        if (values.length == count) {
            return values;
        }
        double[] unknown = new double[count];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    /**
     * {@return the numbers of all steps so far}
     *
     * @throws IllegalStateException if no training has begun
     */
    public GradientSummary summary() {
        requireStarted();
        return sums.of(started.tasks());
    }

    /**
     * Draws weights, cosines and norms over time; what was not known has no panel.
     *
     * @param file where to, replaced if it is there; missing folders are made
     * @throws IllegalStateException if no step was done yet
     * @throws UncheckedIOException if the file cannot be written
     */
    public void writePng(Path file) {
        requireStarted();
        List<XYChart> panels = new ArrayList<>();
        panel(panels, "Weights of the tasks' gradients", "weight", started.tasks(), weights);
        panel(panels, "Cosine between the tasks' gradients", "cosine", DiagnosticsCsv.pairs(started.tasks()), cosines);
        panel(panels, "Norms of the tasks' gradients", "norm", started.tasks(), norms);
        if (panels.isEmpty()) {
            throw new IllegalStateException("gradient diagnostics: no step was done yet; train first");
        }
        ChartFile.write("gradient diagnostics", panels, file);
    }

    private void panel(List<XYChart> panels, String title, String value, List<String> names, ThinnedHistory history) {
        TimeChart chart = new TimeChart(title, value, started.firstEpoch(), Math.ceil(time));
        chart.lines(names, history.points());
        if (!chart.isEmpty()) {
            panels.add(chart.chart());
        }
    }

    private void requireStarted() {
        if (started == null) {
            throw new IllegalStateException(
                    "gradient diagnostics: no training has begun; add the listener to a trainer and train first");
        }
    }

    /** Ends the file; the trainer does it when training ends. */
    @Override
    public void close() {
        if (csv != null) {
            csv.close();
            csv = null;
        }
    }
}
