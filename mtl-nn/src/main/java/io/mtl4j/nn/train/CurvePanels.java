package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;

/** The panels of a picture of {@link LearningCurves}; a task has the same colour in all of them. */
final class CurvePanels {

    private final List<String> tasks;
    private final List<TrainingEvent.EpochDone> epochs;
    private final List<ThinnedHistory.Point> weights;

    CurvePanels(List<String> tasks, List<TrainingEvent.EpochDone> epochs, List<ThinnedHistory.Point> weights) {
        this.tasks = tasks;
        this.epochs = epochs;
        this.weights = weights;
    }

    List<XYChart> panels() {
        List<XYChart> panels = new ArrayList<>();
        panels.add(losses().chart());
        metricNames().stream()
                .map(this::metric)
                .filter(panel -> !panel.isEmpty())
                .map(TimeChart::chart)
                .forEach(panels::add);
        if (weights.stream().anyMatch(p -> Arrays.stream(p.values()).anyMatch(Double::isFinite))) {
            TimeChart chart = chart("Weights of the tasks' gradients", "weight");
            chart.lines(tasks, weights);
            panels.add(chart.chart());
        }
        return panels;
    }

    private TimeChart losses() {
        TimeChart chart = chart("Mean loss by epoch", "loss");
        for (int k = 0; k < tasks.size(); k++) {
            String task = tasks.get(k);
            line(chart, task + ", training", k, TimeChart.SOLID, e -> orNan(e.trainLosses(), task));
            line(chart, task + ", validation", k, TimeChart.DASHED, e -> validation(e, task, "loss"));
        }
        return chart;
    }

    /** The metric of each task that people look at first, each name once. */
    private List<String> metricNames() {
        TrainingEvent.EpochDone last = epochs.get(epochs.size() - 1);
        return tasks.stream()
                .map(last.validation()::get)
                .filter(Objects::nonNull)
                .flatMap(metrics -> TrainingSummary.shown(metrics).stream())
                .distinct()
                .toList();
    }

    private TimeChart metric(String name) {
        TimeChart chart = chart("Validation " + name + " by epoch", name);
        for (int k = 0; k < tasks.size(); k++) {
            String task = tasks.get(k);
            boolean shows = epochs.stream()
                    .anyMatch(
                            e -> TrainingSummary.shown(e.validation().getOrDefault(task, Collections.emptySortedMap()))
                                    .filter(name::equals)
                                    .isPresent());
            if (shows) {
                line(chart, task, k, TimeChart.SOLID, e -> validation(e, task, name));
            }
        }
        return chart;
    }

    private void line(
            TimeChart chart,
            String name,
            int task,
            BasicStroke stroke,
            ToDoubleFunction<TrainingEvent.EpochDone> value) {
        double[] x = epochs.stream().mapToDouble(e -> e.epoch() + 1).toArray();
        chart.line(name, task, stroke, x, epochs.stream().mapToDouble(value).toArray());
    }

    private TimeChart chart(String title, String value) {
        int last = epochs.get(epochs.size() - 1).epoch() + 1;
        int first =
                weights.isEmpty() ? epochs.get(0).epoch() + 1 : epochs.get(0).epoch();
        return new TimeChart(title, value, Math.min(first, last - 1), last);
    }

    private static double orNan(Map<String, Double> values, String key) {
        return values.getOrDefault(key, Double.NaN);
    }

    private static double validation(TrainingEvent.EpochDone epoch, String task, String metric) {
        SortedMap<String, Double> metrics = epoch.validation().get(task);
        return metrics == null ? Double.NaN : orNan(metrics, metric);
    }
}
