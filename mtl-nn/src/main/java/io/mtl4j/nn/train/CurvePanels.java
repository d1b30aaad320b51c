package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The panels of a picture of {@link LearningCurves}; a task has the same colour in all of them. */
final class CurvePanels {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 400;
    private static final int MARKED = 40;
    private static final BasicStroke SOLID = new BasicStroke(2);
    private static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0);

    private final List<String> tasks;
    private final List<TrainingEvent.EpochDone> epochs;
    private final List<WeightHistory.Point> weights;

    CurvePanels(List<String> tasks, List<TrainingEvent.EpochDone> epochs, List<WeightHistory.Point> weights) {
        this.tasks = tasks;
        this.epochs = epochs;
        this.weights = weights;
    }

    List<XYChart> panels() {
        List<XYChart> panels = new ArrayList<>();
        panels.add(losses());
        metricNames().stream()
                .map(this::metric)
                .filter(panel -> !panel.getSeriesMap().isEmpty())
                .forEach(panels::add);
        if (weights.stream().anyMatch(p -> Arrays.stream(p.weights()).anyMatch(Double::isFinite))) {
            panels.add(weights());
        }
        return panels;
    }

    private XYChart losses() {
        XYChart chart = chart("Mean loss by epoch", "loss");
        for (int k = 0; k < tasks.size(); k++) {
            String task = tasks.get(k);
            line(chart, task + ", training", k, SOLID, e -> orNan(e.trainLosses(), task));
            line(chart, task + ", validation", k, DASHED, e -> validation(e, task, "loss"));
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

    private XYChart metric(String name) {
        XYChart chart = chart("Validation " + name + " by epoch", name);
        for (int k = 0; k < tasks.size(); k++) {
            String task = tasks.get(k);
            boolean shows = epochs.stream()
                    .anyMatch(
                            e -> TrainingSummary.shown(e.validation().getOrDefault(task, Collections.emptySortedMap()))
                                    .filter(name::equals)
                                    .isPresent());
            if (shows) {
                line(chart, task, k, SOLID, e -> validation(e, task, name));
            }
        }
        return chart;
    }

    private XYChart weights() {
        XYChart chart = chart("Weights of the tasks' gradients", "weight");
        double[] time = weights.stream().mapToDouble(WeightHistory.Point::time).toArray();
        for (int k = 0; k < tasks.size(); k++) {
            int task = k;
            double[] values =
                    weights.stream().mapToDouble(p -> p.weights()[task]).toArray();
            series(chart, tasks.get(k), k, SOLID, time, values);
        }
        return chart;
    }

    private void line(
            XYChart chart, String name, int task, BasicStroke stroke, ToDoubleFunction<TrainingEvent.EpochDone> value) {
        double[] x = epochs.stream().mapToDouble(e -> e.epoch() + 1).toArray();
        series(chart, name, task, stroke, x, epochs.stream().mapToDouble(value).toArray());
    }

    /** Adds a curve through the numbers that are finite; none if there is no such number. */
    private static void series(XYChart chart, String name, int task, BasicStroke stroke, double[] x, double[] y) {
        double[][] points = finite(x, y);
        if (points[0].length == 0) {
            return;
        }
        Color[] colors = chart.getStyler().getSeriesColors();
        Marker marker = points[0].length <= MARKED ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE;
        XYSeries series = chart.addSeries(name, points[0], points[1]);
        series.setLineColor(colors[task % colors.length]);
        series.setMarkerColor(colors[task % colors.length]);
        series.setLineStyle(stroke);
        series.setMarker(marker);
    }

    private static double[][] finite(double[] x, double[] y) {
        int count = 0;
        double[][] points = new double[2][x.length];
        for (int i = 0; i < x.length; i++) {
            if (Double.isFinite(y[i])) {
                points[0][count] = x[i];
                points[1][count++] = y[i];
            }
        }
        return new double[][] {Arrays.copyOf(points[0], count), Arrays.copyOf(points[1], count)};
    }

    private XYChart chart(String title, String value) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(value)
                .theme(Styler.ChartTheme.Matlab)
                .build();
        int last = epochs.get(epochs.size() - 1).epoch() + 1;
        int first =
                weights.isEmpty() ? epochs.get(0).epoch() + 1 : epochs.get(0).epoch();
        chart.getStyler().setXAxisMin((double) Math.min(first, last - 1)).setXAxisMax((double) last);
        chart.getStyler().setXAxisMaxLabelCount(Math.min(12, last + 1));
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(6);
        chart.setCustomXAxisTickLabelsFormatter(CurvePanels::wholeEpoch);
        return chart;
    }

    /** Epochs are whole numbers; a tick between two has no label. */
    private static String wholeEpoch(double x) {
        return x == Math.rint(x) ? String.format(Locale.ROOT, "%.0f", x) : " ";
    }

    private static double orNan(Map<String, Double> values, String key) {
        return values.getOrDefault(key, Double.NaN);
    }

    private static double validation(TrainingEvent.EpochDone epoch, String task, String metric) {
        SortedMap<String, Double> metrics = epoch.validation().get(task);
        return metrics == null ? Double.NaN : orNan(metrics, metric);
    }
}
