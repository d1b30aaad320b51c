package io.mtl4j.nn.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A panel with epochs from left to right. */
final class TimeChart {

    static final BasicStroke SOLID = new BasicStroke(2);
    static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0);

    private static final int WIDTH = 960;
    private static final int HEIGHT = 400;
    private static final int MARKED = 40;

    private final XYChart chart;

    /**
     * Makes an empty panel.
     *
     * @param first where the axis of time begins, in epochs
     * @param last where it ends
     */
    TimeChart(String title, String value, double first, double last) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(value)
                .theme(Styler.ChartTheme.Matlab)
                .build();
        chart.getStyler().setXAxisMin(first).setXAxisMax(last);
        chart.getStyler().setXAxisMaxLabelCount((int) Math.min(12, last + 1));
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(6);
        chart.setCustomXAxisTickLabelsFormatter(TimeChart::wholeEpoch);
    }

    /** Epochs are whole numbers; a tick between two has no label. */
    private static String wholeEpoch(double x) {
        return x == Math.rint(x) ? String.format(Locale.ROOT, "%.0f", x) : " ";
    }

    XYChart chart() {
        return chart;
    }

    boolean isEmpty() {
        return chart.getSeriesMap().isEmpty();
    }

    /** Adds a curve through the numbers that are finite; none if there is no such number. */
    void line(String name, int color, BasicStroke stroke, double[] x, double[] y) {
        double[][] points = finite(x, y);
        if (points[0].length == 0) {
            return;
        }
        Color[] colors = chart.getStyler().getSeriesColors();
        Marker marker = points[0].length <= MARKED ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE;
        XYSeries series = chart.addSeries(name, points[0], points[1]);
        series.setLineColor(colors[color % colors.length]);
        series.setMarkerColor(colors[color % colors.length]);
        series.setLineStyle(stroke);
        series.setMarker(marker);
    }

    /** Adds a curve for each number of a history. */
    void lines(List<String> names, List<ThinnedHistory.Point> points) {
        double[] time = points.stream().mapToDouble(ThinnedHistory.Point::time).toArray();
        for (int i = 0; i < names.size(); i++) {
            int number = i;
            double[] values =
                    points.stream().mapToDouble(p -> p.values()[number]).toArray();
            line(names.get(i), i, SOLID, time, values);
        }
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
}
