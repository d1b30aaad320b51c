package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar an epoch with the time that the training still takes, samples a second, and each task's loss and weight; then a line
 * for the epoch. Losses and speed are running means, so that they can be read.
 */
final class ProgressBarListener implements TrainingListener, AutoCloseable {

    private static final double MEMORY = 0.98;

    private final PrintStream out;
    private final int width;
    private TrainingEvent.Started started;
    private ProgressBar bar;
    private OneLine line;
    private double[] losses;
    private double samplesPerSecond;
    private double secondsPerStep;

    /**
     * Makes the listener.
     *
     * @param out where to draw
     * @param width greatest number of characters of a line
     */
    ProgressBarListener(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started begin) {
            begin(begin);
        } else if (event instanceof TrainingEvent.StepDone step) {
            show(step);
        } else if (event instanceof TrainingEvent.EpochDone epoch) {
            close();
            out.println(TrainingSummary.line(epoch));
        } else if (event instanceof TrainingEvent.Finished finished) {
            close();
            out.println(TrainingSummary.line(finished));
        }
    }

    private void begin(TrainingEvent.Started begin) {
        started = begin;
        losses = new double[begin.tasks().size()];
        Arrays.fill(losses, Double.NaN);
        samplesPerSecond = Double.NaN;
        secondsPerStep = Double.NaN;
    }

    private void show(TrainingEvent.StepDone step) {
        if (bar == null) {
            bar = open(step.epoch());
        }
        for (int k = 0; k < losses.length; k++) {
            losses[k] = follow(losses[k], step.losses()[k]);
        }
        double seconds = step.nanos() / 1e9;
        samplesPerSecond = follow(samplesPerSecond, step.examples() / seconds);
        secondsPerStep = follow(secondsPerStep, seconds);
        bar.setExtraMessage(message(step));
        bar.stepTo(step.step() + 1L);
    }

    private ProgressBar open(int epoch) {
        line = new OneLine(new ConsoleProgressBarConsumer(out, width));
        return new ProgressBarBuilder()
                .setTaskName("epoch " + (epoch + 1) + "/" + started.epochs())
                .setInitialMax(started.stepsPerEpoch())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .setConsumer(line)
                .hideEta()
                .build();
    }

    private static double follow(double mean, double next) {
        if (Double.isNaN(next)) {
            return mean;
        }
        return Double.isNaN(mean) ? next : MEMORY * mean + (1 - MEMORY) * next;
    }

    private String message(TrainingEvent.StepDone step) {
        long steps = (long) started.stepsPerEpoch() * (started.epochs() - step.epoch()) - step.step() - 1;
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%s left, %.0f/s", clock(secondsPerStep * steps), samplesPerSecond));
        for (int k = 0; k < losses.length; k++) {
            String loss = Double.isNaN(losses[k]) ? "-" : String.format(Locale.ROOT, "%.3f", losses[k]);
            text.append(", ").append(started.tasks().get(k)).append(' ').append(loss);
            if (!Double.isNaN(step.weights()[k])) {
                text.append(String.format(Locale.ROOT, " x%.2f", step.weights()[k]));
            }
        }
        return text.toString();
    }

    private static String clock(double seconds) {
        long all = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d:%02d", all / 3600, all / 60 % 60, all % 60);
    }

    /** Stops drawing, also when the training ends by an exception. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            line.end();
            bar = null;
        }
    }
}
