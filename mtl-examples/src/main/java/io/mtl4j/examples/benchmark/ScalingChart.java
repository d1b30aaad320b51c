package io.mtl4j.examples.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws speed over the number of tasks: a panel for each network, a curve for each mode. */
final class ScalingChart {

    private ScalingChart() {}

    static void writePng(List<ScalingPoint> points, Path file) throws IOException {
        List<XYChart> panels = points.stream()
                .map(ScalingPoint::reference)
                .distinct()
                .map(reference -> panel(
                        reference,
                        points.stream().filter(p -> p.reference() == reference).toList()))
                .toList();
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(panels, panels.size(), 1, out, BitmapFormat.PNG);
        }
    }

    private static XYChart panel(ReferenceModel reference, List<ScalingPoint> points) {
        XYChart chart = new XYChartBuilder()
                .width(720)
                .height(400)
                .title(reference.id() + ": examples trained in a second")
                .xAxisTitle("tasks")
                .yAxisTitle("examples/s")
                .build();
        chart.getStyler().setYAxisMin(0.0);
        for (Mode mode : Mode.values()) {
            List<ScalingPoint> curve =
                    points.stream().filter(p -> p.mode() == mode).toList();
            if (!curve.isEmpty()) {
                chart.addSeries(
                                mode.id(),
                                curve.stream().mapToDouble(ScalingPoint::tasks).toArray(),
                                curve.stream()
                                        .mapToDouble(ScalingPoint::samplesPerSecond)
                                        .toArray())
                        .setMarker(SeriesMarkers.CIRCLE);
            }
        }
        return chart;
    }
}
