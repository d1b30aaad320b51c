package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingListener;
import java.io.PrintStream;

/** The listeners that come with the library. */
public final class Listeners {

    private Listeners() {}

    /** {@return a progress bar on the standard error with losses, weights, samples/s and time left} */
    public static TrainingListener progressBar() {
        return new ProgressBarListener(System.err);
    }

    /**
     * {@return a progress bar}
     *
     * @param out where to draw it
     */
    public static TrainingListener progressBar(PrintStream out) {
        return new ProgressBarListener(out);
    }

    /** {@return a listener that writes a line an epoch to SLF4J, at level INFO} */
    public static TrainingListener logging() {
        return new LoggingListener();
    }
}
