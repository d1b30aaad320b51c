package io.mtl4j.nn.train;

import io.mtl4j.nn.evaluate.SharingReport;
import io.mtl4j.nn.sharing.SharingChoice;
import java.awt.Color;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/**
 * Draws a {@link SharingReport} as a heat map: a row for each reader, first on top, a column for each source, and the darker
 * the more it takes. Cells of sources that are not a reader's stay empty. What fonts it needs is said at {@link
 * LearningCurves}.
 */
public final class SharingChart {

    private static final int CELL_WIDTH = 96;
    private static final int CELL_HEIGHT = 48;
    private static final int MARGIN_WIDTH = 320;
    private static final int MARGIN_HEIGHT = 190;
    private static final int LARGEST = 4000;

    private SharingChart() {}

    /**
     * Draws a report.
     *
     * @param report what a model's tasks take from what they share
     * @param file where to, replaced if it is there; missing folders are made
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void writePng(SharingReport report, Path file) {
        ChartFile.write("sharing chart", List.of(chart(report)), file);
    }

    static HeatMapChart chart(SharingReport report) {
        List<String> sources = report.sources();
        List<String> readers = new ArrayList<>();
        report.choices().forEach(choice -> readers.add(0, choice.reader()));
        List<Number[]> cells = new ArrayList<>();
        double most = 0;
        for (SharingChoice choice : report.choices()) {
            for (int x = 0; x < sources.size(); x++) {
                double weight = report.weight(choice.reader(), sources.get(x));
                if (!Double.isNaN(weight)) {
                    cells.add(new Number[] {x, readers.indexOf(choice.reader()), weight});
                    most = Math.max(most, weight);
                }
            }
        }
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(Math.min(LARGEST, MARGIN_WIDTH + CELL_WIDTH * sources.size()))
                .height(Math.min(LARGEST, MARGIN_HEIGHT + CELL_HEIGHT * readers.size()))
                .title("mean weight of each source")
                .build();
        chart.getStyler().setMin(0).setMax(most > 1 ? most : 1);
        chart.getStyler().setRangeColors(new Color[] {new Color(247, 251, 255), new Color(66, 146, 198)});
        chart.getStyler().setShowValue(sources.size() <= 16).setHeatMapValueDecimalPattern("0.00");
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisLabelRotation(sources.size() > 6 ? 45 : 0);
        chart.addSeries("weights", sources, readers, cells);
        return chart;
    }
}
