package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.mtl4j.nn.evaluate.SharingReport;
import io.mtl4j.nn.sharing.SharingChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.HeatMapSeries;
import org.nd4j.linalg.factory.Nd4j;

class SharingChartTest {

    @TempDir
    private Path folder;

    private static SharingReport report() {
        return new SharingReport(List.of(
                new SharingChoice(
                        "a", List.of("expert 0", "a: expert 0"), Nd4j.createFromArray(new double[][] {{0.3, 0.7}})),
                new SharingChoice(
                        "b", List.of("expert 0", "b: expert 0"), Nd4j.createFromArray(new double[][] {{0.9, 0.1}}))));
    }

    @Test
    void everyReaderHasARowAndEverySourceAColumn() {
        HeatMapSeries series = SharingChart.chart(report()).getHeatMapSeries();
        assertEquals(List.of("expert 0", "a: expert 0", "b: expert 0"), series.getXData());
        assertEquals(List.of("b", "a"), series.getYData());
        assertEquals(4, series.getHeatData().size());
    }

    @Test
    void aPictureIsWritten() throws IOException {
        Path file = folder.resolve("new").resolve("sharing.png");
        SharingChart.writePng(report(), file);
        assertNotNull(ImageIO.read(file.toFile()));
    }
}
