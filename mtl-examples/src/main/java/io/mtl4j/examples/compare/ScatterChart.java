package io.mtl4j.examples.compare;

import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** Draws the first task's metric against the second's, a point with its name for each method; dashes mark the single-task models. */
final class ScatterChart {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 900;

    private ScatterChart() {}

    static void write(Problem problem, List<MethodSummary> summaries, Path file) throws IOException {
        List<MethodSummary> known =
                summaries.stream().filter(s -> s.finished() > 0).toList();
        if (known.isEmpty()) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(problem.name() + ": means over the seeds")
                .xAxisTitle(problem.tasks().get(0) + ": " + problem.metric() + ", %")
                .yAxisTitle(problem.tasks().get(1) + ": " + problem.metric() + ", %")
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        chart.getStyler().setMarkerSize(7);
        chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        for (Method.Kind kind : Method.Kind.values()) {
            add(chart, kind, known);
        }
        known.stream()
                .filter(s -> s.method().equals(Method.SINGLE_TASK))
                .forEach(s -> Stream.of(true, false)
                        .forEach(vertical ->
                                chart.addAnnotation(new AnnotationLine(value(s, vertical ? 0 : 1), vertical, false))));
        label(chart, known);
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
        }
    }

    private static void add(XYChart chart, Method.Kind kind, List<MethodSummary> known) {
        List<MethodSummary> points =
                known.stream().filter(s -> s.method().kind() == kind).toList();
        if (!points.isEmpty()) {
            chart.addSeries(
                    kind == Method.Kind.SINGLE ? Method.SINGLE_TASK.name() : kind.id(),
                    points.stream().mapToDouble(s -> value(s, 0)).toArray(),
                    points.stream().mapToDouble(s -> value(s, 1)).toArray());
        }
    }

    private static double value(MethodSummary summary, int task) {
        return 100 * summary.values().get(task).mean();
    }

    private static void label(XYChart chart, List<MethodSummary> known) {
        LabelPlaces.Axis x = LabelPlaces.Axis.around(
                known.stream().mapToDouble(s -> value(s, 0)).toArray(), WIDTH);
        LabelPlaces.Axis y = LabelPlaces.Axis.around(
                known.stream().mapToDouble(s -> value(s, 1)).toArray(), HEIGHT);
        chart.getStyler().setXAxisMin(x.least()).setXAxisMax(x.most());
        chart.getStyler().setYAxisMin(y.least()).setYAxisMax(y.most());
        List<LabelPlaces.Label> labels = new ArrayList<>();
        known.forEach(s -> labels.add(new LabelPlaces.Label(s.method().name(), value(s, 0), value(s, 1))));
        new LabelPlaces(x, y)
                .place(labels)
                .forEach(label -> chart.addAnnotation(new AnnotationText(label.text(), label.x(), label.y(), false)));
    }
}
