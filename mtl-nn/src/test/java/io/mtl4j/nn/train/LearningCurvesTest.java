package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;

class LearningCurvesTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void withoutAScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    private static LearningCurves heard(int epochs) {
        LearningCurves curves = new LearningCurves();
        Runs.events(epochs).forEach(curves::on);
        return curves;
    }

    private static List<XYChart> panels(int epochs) {
        ThinnedHistory weights = new ThinnedHistory();
        for (int s = 0; s < Runs.STEPS; s++) {
            weights.add((s + 1.0) / Runs.STEPS, Runs.step(0, s).weights());
        }
        return new CurvePanels(
                        Runs.TASKS,
                        IntStream.range(0, epochs).mapToObj(Runs::epoch).toList(),
                        weights.points())
                .panels();
    }

    @Test
    void drawsLossesEveryMetricAndWeightsInPanelsOfOnePicture() throws IOException {
        Path file = folder.resolve("new/curves.png");
        heard(8).writePng(file);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertEquals(960, picture.getWidth());
        assertEquals(4 * 400, picture.getHeight());
        for (int panel = 0; panel < 4; panel++) {
            int top = panel * 400;
            long colors = IntStream.range(0, 960 * 400)
                    .map(i -> picture.getRGB(i % 960, top + i / 960))
                    .distinct()
                    .count();
            assertTrue(colors > 20, "panel " + panel + " has " + colors + " colours");
        }
    }

    @Test
    void aResultIsDrawnWithoutWeightsAndAlsoWithOneEpoch() throws IOException {
        Path file = folder.resolve("one.png");
        LearningCurves.writePng(Runs.result(1), file);
        assertEquals(2 * 400, ImageIO.read(file.toFile()).getHeight()); // losses and accuracy: rmse is not defined yet
        LearningCurves.writePng(Runs.result(3), file);
        assertEquals(3 * 400, ImageIO.read(file.toFile()).getHeight());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 50})
    void trainingsOfAnyLengthCanBeDrawn(int epochs) throws IOException {
        Path file = folder.resolve(epochs + ".png");
        heard(epochs).writePng(file);
        assertEquals(960, ImageIO.read(file.toFile()).getWidth());
    }

    @Test
    void curvesHaveTheNumbersOfTheTraining() {
        List<XYChart> panels = panels(5);
        assertEquals(
                List.of(
                        "Mean loss by epoch",
                        "Validation accuracy by epoch",
                        "Validation rmse by epoch",
                        "Weights of the tasks' gradients"),
                panels.stream().map(XYChart::getTitle).toList());
        Map<String, ?> losses = panels.get(0).getSeriesMap();
        assertEquals(
                Set.of(
                        "digit, training",
                        "digit, validation",
                        "object, training",
                        "object, validation",
                        "age, training",
                        "age, validation"),
                losses.keySet());
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 5},
                panels.get(0).getSeriesMap().get("digit, training").getXData());
        assertArrayEquals(
                new double[] {1.1, 1.1 / 2, 1.1 / 3, 1.1 / 4, 1.1 / 5},
                panels.get(0).getSeriesMap().get("digit, validation").getYData(),
                1e-12);
        assertEquals(Set.of("digit", "object"), panels.get(1).getSeriesMap().keySet());
        assertArrayEquals(
                new double[] {2, 3, 4, 5},
                panels.get(2).getSeriesMap().get("age").getXData());
        assertEquals(Set.of("digit", "object"), panels.get(3).getSeriesMap().keySet());
    }

    @Test
    void aTaskKeepsItsColourInAllPanels() {
        List<XYChart> panels = panels(5);
        for (String task : List.of("digit", "object")) {
            Object color = panels.get(1).getSeriesMap().get(task).getLineColor();
            assertEquals(color, panels.get(3).getSeriesMap().get(task).getLineColor());
            for (String kind : List.of(", training", ", validation")) {
                assertEquals(
                        color, panels.get(0).getSeriesMap().get(task + kind).getLineColor());
            }
        }
    }

    @Test
    void refusesToDrawNothingAndNamesTheFileThatCannotBeWritten() throws IOException {
        assertThrows(IllegalStateException.class, () -> new LearningCurves().writePng(folder.resolve("x.png")));
        Path taken = Files.createFile(folder.resolve("taken"));
        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> heard(1).writePng(taken.resolve("x.png")));
        assertTrue(failure.getMessage().startsWith("learning curves " + taken), failure.getMessage());
    }
}
