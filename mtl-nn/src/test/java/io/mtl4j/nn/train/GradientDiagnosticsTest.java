package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.weighting.Weightings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class GradientDiagnosticsTest {

    private static final double NONE = Double.NaN;

    @TempDir
    private Path folder;

    private static TrainingEvent.StepDone step(int epoch, int step, double... weights) {
        return new TrainingEvent.StepDone(epoch, step, new double[] {1, 2.5, NONE}, weights, 0.1, 1, 1, 1);
    }

    /** Three tasks of which the third is absent: cosines 0.5, -1, none, in four steps. */
    private static void play(GradientDiagnostics listener) {
        listener.on(new TrainingEvent.Started(List.of("a", "b", "c"), 2, 2, 8, 0));
        listener.on(new TrainingEvent.GramianSeen(0, 0, new double[][] {{4, 3, 0}, {3, 9, 0}, {0, 0, 0}}));
        listener.on(step(0, 0, 0.5, 0.5, 0));
        listener.on(new TrainingEvent.GramianSeen(0, 1, new double[][] {{16, -4, 0}, {-4, 1, 0}, {0, 0, 0}}));
        listener.on(step(0, 1, 0.25, 0.75, 0));
        listener.on(step(1, 0, NONE, NONE, NONE));
        listener.on(new TrainingEvent.GramianSeen(1, 1, new double[][] {{0, 0, 0}, {0, 4, -1}, {0, -1, 1}}));
        listener.on(step(1, 1, 1, 1, 1));
    }

    @Test
    void givesNormsAndCosinesOfEachStepThatHasThem() {
        List<StepDiagnostics> steps = new ArrayList<>();
        play(Listeners.diagnostics(steps::add));
        assertEquals(4, steps.size());
        assertArrayEquals(new double[] {2, 3, 0}, steps.get(0).norms());
        assertArrayEquals(
                new double[][] {{1, 0.5, NONE}, {0.5, 1, NONE}, {NONE, NONE, NONE}},
                steps.get(0).cosines());
        assertArrayEquals(new double[] {1, 2.5, NONE}, steps.get(0).losses());
        assertArrayEquals(new double[] {0.25, 0.75, 0}, steps.get(1).weights());
        assertEquals(-1, steps.get(1).cosines()[0][1]);
        assertFalse(steps.get(2).knowsGradients());
        assertEquals(0, steps.get(2).cosines().length);
    }

    @Test
    void theSummaryCountsOnlyWhatWasSeen() {
        GradientDiagnostics listener = Listeners.diagnostics(step -> {});
        play(listener);
        GradientSummary summary = listener.summary();
        assertEquals(0.5, summary.conflict("a", "b"));
        assertEquals(-0.25, summary.cosine("b", "a"));
        assertEquals(2, summary.steps()[0][1]);
        assertEquals(1, summary.conflict("b", "c"));
        assertEquals(-0.5, summary.cosine("b", "c"));
        assertEquals(NONE, summary.cosine("a", "c"));
        assertEquals(3, summary.norm("a"));
        assertEquals(2, summary.norm("b"));
        assertTrue(
                summary.toString().contains("a / b: conflict in 50.0 % of 2 steps, mean cosine -0.250"),
                summary.toString());
        String unknown = assertThrows(IllegalArgumentException.class, () -> summary.norm("d"))
                .getMessage();
        assertEquals("no task \"d\"; the tasks are [a, b, c]", unknown);
    }

    @Test
    void writesALineForEachStepWithEmptyCellsForWhatIsNotKnown() throws IOException {
        Path csv = folder.resolve("new/gradients.csv");
        try (GradientDiagnostics listener = Listeners.diagnostics(csv)) {
            play(listener);
        }
        assertEquals(
                List.of(
                        "epoch,step,loss:a,loss:b,loss:c,weight:a,weight:b,weight:c,norm:a,norm:b,norm:c,"
                                + "cosine:a/b,cosine:a/c,cosine:b/c",
                        "0,0,1.0,2.5,,0.5,0.5,0.0,2.0,3.0,0.0,0.5,,",
                        "0,1,1.0,2.5,,0.25,0.75,0.0,4.0,1.0,0.0,-1.0,,",
                        "1,0,1.0,2.5,,,,,,,,,,",
                        "1,1,1.0,2.5,,1.0,1.0,1.0,0.0,2.0,1.0,,,-0.5"),
                Files.readAllLines(csv));
    }

    @Test
    void drawsWhatIsKnown() throws IOException {
        GradientDiagnostics listener = Listeners.diagnostics(step -> {});
        play(listener);
        listener.writePng(folder.resolve("all.png"));
        BufferedImage all = ImageIO.read(folder.resolve("all.png").toFile());
        assertEquals(3 * 400, all.getHeight());
        listener.on(new TrainingEvent.Started(List.of("a", "b", "c"), 2, 2, 8, 0));
        assertThrows(IllegalStateException.class, () -> listener.writePng(folder.resolve("none.png")));
        listener.on(step(0, 0, 0.5, 0.5, 0));
        listener.writePng(folder.resolve("weights.png"));
        assertEquals(400, ImageIO.read(folder.resolve("weights.png").toFile()).getHeight());
    }

    @Test
    void saysWhatIsMissingAndWhichFileCannotBeWritten() throws IOException {
        assertThrows(
                IllegalStateException.class,
                () -> Listeners.diagnostics(step -> {}).summary());
        Path taken = Files.createFile(folder.resolve("taken"));
        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> play(Listeners.diagnostics(taken.resolve("x.csv"))));
        assertTrue(failure.getMessage().startsWith("gradient diagnostics " + taken), failure.getMessage());
    }

    private static MultiTaskModel trained(UnaryOperator<TrainerBuilder> settings) {
        MultiTaskModel model = Fixtures.model(DataType.FLOAT, Fixtures.dense(8), new Dropout(0.1), Fixtures.dense(6));
        MultiTaskData data = Fixtures.data(48, 32, DataType.FLOAT);
        settings.apply(Trainer.builder(model).epochs(2).batchSize(8).seed(3))
                .build()
                .fit(data);
        return model;
    }

    @Test
    void anyMethodCanBeWatchedAndLearnsTheSame() {
        List<StepDiagnostics> watched = new ArrayList<>();
        MultiTaskModel plain = trained(b -> b);
        MultiTaskModel seen = trained(b -> b.gradientDiagnosticsEvery(3).listener(Listeners.diagnostics(watched::add)));
        assertEquals(plain.network().store().flat(), seen.network().store().flat());
        assertEquals(12, watched.size());
        for (int i = 0; i < watched.size(); i++) {
            assertEquals(i % 3 == 0, watched.get(i).knowsGradients());
        }
        List<StepDiagnostics> aggregated = new ArrayList<>();
        trained(b -> b.aggregation(Aggregations.sum()).listener(Listeners.diagnostics(aggregated::add)));
        assertTrue(aggregated.stream().allMatch(StepDiagnostics::knowsGradients));
        assertArrayEquals(aggregated.get(0).norms(), watched.get(0).norms(), 1e-6);
        assertArrayEquals(aggregated.get(0).cosines()[0], watched.get(0).cosines()[0], 1e-6);
    }

    @Test
    void aWeightingThatLooksAheadCanBeWatchedToo() {
        UnaryOperator<TrainerBuilder> ahead =
                b -> b.weighting(Weightings.forum()).heldOut(Fixtures.data(24, 16, DataType.FLOAT));
        MultiTaskModel plain = trained(ahead);
        List<StepDiagnostics> watched = new ArrayList<>();
        MultiTaskModel seen =
                trained(b -> ahead.apply(b).gradientDiagnosticsEvery(1).listener(Listeners.diagnostics(watched::add)));
        assertEquals(plain.network().store().flat(), seen.network().store().flat());
        assertTrue(watched.stream().allMatch(StepDiagnostics::knowsGradients));
    }

    @Test
    void aNegativeDistanceIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> trained(b -> b.gradientDiagnosticsEvery(-1)));
    }
}
