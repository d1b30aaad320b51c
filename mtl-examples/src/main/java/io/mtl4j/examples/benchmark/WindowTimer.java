package io.mtl4j.examples.benchmark;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Counts training steps in windows of time, and ends the training after the last by an exception. */
final class WindowTimer implements TrainingListener {

    /** More steps than anyone measures. */
    private static final int MOST_STEPS = 2_000_000;

    private final WindowOptions options;
    private final List<Double> rates = new ArrayList<>();
    private boolean warm;
    private long begun;
    private int steps;
    private long collecting;

    WindowTimer(WindowOptions options) {
        this.options = options;
    }

    /**
     * Measures a training.
     *
     * @param workload the training
     * @param options how long
     * @return what was measured
     */
    static Speed measure(Workload workload, WindowOptions options) {
        WindowTimer timer = new WindowTimer(options);
        try {
            workload.train(MOST_STEPS, timer);
            throw new IllegalStateException("the training ended after " + MOST_STEPS
                    + " steps, before its last window; measure fewer or shorter windows");
        } catch (EnoughException end) {
            double median = options.median(timer.rates);
            return new Speed(median * workload.reference().batch(), 1e3 / median, timer.collecting);
        }
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started) {
            begun = System.nanoTime();
        } else if (event instanceof TrainingEvent.StepDone) {
            steps++;
            long now = System.nanoTime();
            double seconds = (now - begun) / 1e9;
            if (seconds >= (warm ? options.seconds() : options.warmup())) {
                endWindow(seconds);
                begun = System.nanoTime();
            }
        }
    }

    private void endWindow(double seconds) {
        if (warm) {
            rates.add(steps / seconds);
        } else {
            collecting = GcPauses.collectionMillis();
            warm = true;
        }
        steps = 0;
        if (rates.size() == options.windows()) {
            collecting = GcPauses.collectionMillis() - collecting;
            throw new EnoughException();
        }
    }

    /**
     * What was measured.
     *
     * @param samplesPerSecond examples trained in a second, the median of the windows
     * @param millisPerStep time of a step, of the same window
     * @param collectingMillis time of garbage collection over all windows
     */
    record Speed(double samplesPerSecond, double millisPerStep, long collectingMillis) {}

    /** Ends the training; nothing went wrong. */
    private static final class EnoughException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EnoughException() {
            super("measured enough", null, false, false);
        }
    }
}
