package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Draws a training as a table. */
final class TrainingSummary {

    /** One of these fits on a line: the first that the task has; any other metric if it has none of them. */
    private static final List<String> SHOWN =
            List.of("auc", "f1-entity", "exact-match", "accuracy", "f1-micro", "rmse");

    private TrainingSummary() {}

    static String of(TrainingResult result) {
        StringBuilder text = new StringBuilder();
        for (TrainingEvent.EpochDone epoch : result.epochs()) {
            text.append(line(epoch)).append('\n');
        }
        return text.append(line(result.finished())).append('\n').toString();
    }

    /** The end on one line. */
    static String line(TrainingEvent.Finished finished) {
        return String.format(
                Locale.ROOT,
                "%d epochs in %.1f s, parameters of epoch %d (%s)",
                finished.epochs(),
                finished.nanos() / 1e9,
                finished.bestEpoch() + 1,
                finished.reason());
    }

    /** The metric to show of those that a task has; empty if there is none but the loss. */
    static Optional<String> shown(SortedMap<String, Double> metrics) {
        return Stream.concat(SHOWN.stream(), metrics.keySet().stream().filter(name -> !name.equals("loss")))
                .filter(metrics::containsKey)
                .findFirst();
    }

    /** An epoch on one line: training losses, and what the validation measured. */
    static String line(TrainingEvent.EpochDone epoch) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "epoch %3d  %6.1f s ", epoch.epoch() + 1, epoch.nanos() / 1e9));
        for (Map.Entry<String, Double> loss : epoch.trainLosses().entrySet()) {
            text.append(String.format(Locale.ROOT, "  %s: loss %.4f", loss.getKey(), loss.getValue()));
            SortedMap<String, Double> metrics = epoch.validation().get(loss.getKey());
            if (metrics != null) {
                text.append(String.format(Locale.ROOT, ", validation loss %.4f", metrics.get("loss")));
                shown(metrics)
                        .ifPresent(
                                name -> text.append(String.format(Locale.ROOT, " %s %.4f", name, metrics.get(name))));
            }
        }
        return text.append(epoch.best() ? "  *" : "").toString();
    }
}
