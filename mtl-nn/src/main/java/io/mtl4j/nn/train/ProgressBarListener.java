package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar an epoch, with losses, weights and samples a second; the bar itself tells the time left. */
final class ProgressBarListener implements TrainingListener {

    private static final double MEMORY = 0.98;

    private final PrintStream out;
    private TrainingEvent.Started started;
    private ProgressBar bar;
    private double[] losses;
    private double rate;

    ProgressBarListener(PrintStream out) {
        this.out = out;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started begin) {
            started = begin;
            losses = new double[begin.tasks().size()];
        } else if (event instanceof TrainingEvent.StepDone step) {
            show(step);
        } else if (event instanceof TrainingEvent.EpochDone epoch) {
            close();
            out.println(TrainingSummary.line(epoch));
        } else if (event instanceof TrainingEvent.Finished) {
            close();
        }
    }

    private void show(TrainingEvent.StepDone step) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("epoch " + (step.epoch() + 1) + "/" + started.epochs())
                    .setInitialMax(started.stepsPerEpoch())
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(500)
                    .setConsumer(new ConsoleProgressBarConsumer(out, 160))
                    .build();
        }
        boolean first = step.epoch() == started.firstEpoch() && step.step() == 0;
        for (int k = 0; k < losses.length; k++) {
            double loss = step.losses()[k];
            if (!Double.isNaN(loss)) {
                losses[k] = first || losses[k] == 0 ? loss : MEMORY * losses[k] + (1 - MEMORY) * loss;
            }
        }
        double now = step.examples() / (step.nanos() / 1e9);
        rate = rate == 0 ? now : MEMORY * rate + (1 - MEMORY) * now;
        bar.setExtraMessage(message(started.tasks(), step.weights()));
        bar.step();
    }

    private String message(List<String> tasks, double[] weights) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%.0f/s", rate));
        for (int k = 0; k < losses.length; k++) {
            text.append(String.format(Locale.ROOT, " %s %.3f", tasks.get(k), losses[k]));
            if (!Double.isNaN(weights[k])) {
                text.append(String.format(Locale.ROOT, " x%.2g", weights[k]));
            }
        }
        return text.toString();
    }

    private void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
