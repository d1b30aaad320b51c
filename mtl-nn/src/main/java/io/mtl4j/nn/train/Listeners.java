package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The listeners that come with the library. */
public final class Listeners {

    private static final int WIDTH = 160;

    private Listeners() {}

    /**
     * {@return a progress bar on the standard error: each task's loss and weight, samples a second, and the time left until
     * the last epoch, validation not counted}
     */
    public static TrainingListener progressBar() {
        return progressBar(System.err);
    }

    /**
     * {@return a progress bar with lines of at most 160 characters}
     *
     * @param out where to draw it
     */
    public static TrainingListener progressBar(PrintStream out) {
        return progressBar(out, WIDTH);
    }

    /**
     * {@return a progress bar}
     *
     * @param out where to draw it
     * @param width greatest number of characters of a line, at least 40: that of the terminal; what does not fit is left
     *     out
     * @throws IllegalArgumentException if the width is below 40
     */
    public static TrainingListener progressBar(PrintStream out, int width) {
        if (width < 40) {
            throw new IllegalArgumentException("progress bar: width = " + width + "; it must be at least 40");
        }
        return new ProgressBarListener(Objects.requireNonNull(out, "out"), width);
    }

    /** {@return a listener that writes a line an epoch to SLF4J, at level INFO} */
    public static TrainingListener logging() {
        return new LoggingListener();
    }

    /**
     * {@return a listener that writes each step's losses, weights, gradient norms and cosines as a line of a CSV file, and
     * has a summary and charts of them}
     *
     * @param csv where to, replaced if it is there; missing folders are made
     */
    public static GradientDiagnostics diagnostics(Path csv) {
        return new GradientDiagnostics(Optional.of(csv), step -> {});
    }

    /**
     * {@return a listener that hands on each step's losses, weights, gradient norms and cosines, and has a summary and
     * charts of them}
     *
     * @param consumer hears of each step on the training thread
     */
    public static GradientDiagnostics diagnostics(Consumer<StepDiagnostics> consumer) {
        return new GradientDiagnostics(Optional.empty(), consumer);
    }
}
