package io.mtl4j.examples.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws small panels, one for each method, five in a row. */
final class CurveGrid {

    private static final int COLUMNS = 5;

    private CurveGrid() {}

    /** The weights of the tasks over time, of methods that have weights. */
    static void writeWeights(List<String> tasks, List<MethodCurve> curves, Path file) throws IOException {
        List<XYChart> panels = new ArrayList<>();
        for (MethodCurve curve : curves) {
            XYChart panel = panel(curve.method().name());
            for (int k = 0; k < tasks.size(); k++) {
                int task = k;
                add(panel, tasks.get(k), curve, step -> step.weights().get(task));
            }
            if (!panel.getSeriesMap().isEmpty()) {
                panel.getStyler().setLegendVisible(panels.isEmpty());
                panels.add(panel);
            }
        }
        write(panels, file);
    }

    /** The cosine between the tasks' gradients over time. */
    static void writeCosines(List<MethodCurve> curves, Path file) throws IOException {
        List<XYChart> panels = new ArrayList<>();
        for (MethodCurve curve : curves) {
            XYChart panel = panel(curve.method().name());
            add(panel, "cosine", curve, History.Step::cosine);
            if (!panel.getSeriesMap().isEmpty()) {
                panel.getStyler().setYAxisMin(-1.0).setYAxisMax(1.0).setLegendVisible(false);
                panels.add(panel);
            }
        }
        write(panels, file);
    }

    private static XYChart panel(String title) {
        XYChart panel = new XYChartBuilder()
                .width(320)
                .height(220)
                .title(title)
                .theme(Styler.ChartTheme.Matlab)
                .build();
        panel.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        panel.getStyler().setXAxisMin(0.0);
        return panel;
    }

    /** Fills the last row. */
    private static XYChart nothing() {
        XYChart panel = panel(" ");
        panel.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
        panel.getStyler().setPlotBorderVisible(false);
        return panel;
    }

    private static void add(XYChart panel, String name, MethodCurve curve, ToDoubleFunction<History.Step> value) {
        List<History.Step> known = curve.steps().stream()
                .filter(step -> Double.isFinite(value.applyAsDouble(step)))
                .toList();
        if (!known.isEmpty()) {
            panel.addSeries(
                            name,
                            known.stream().mapToDouble(History.Step::epochs).toArray(),
                            known.stream().mapToDouble(value).toArray())
                    .setMarker(SeriesMarkers.NONE);
        }
    }

    private static void write(List<XYChart> panels, Path file) throws IOException {
        if (panels.isEmpty()) {
            return;
        }
        int columns = Math.min(COLUMNS, panels.size());
        int rows = (panels.size() + columns - 1) / columns;
        while (panels.size() < rows * columns) {
            panels.add(nothing());
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(panels, rows, columns, out, BitmapFormat.PNG);
        }
    }
}
