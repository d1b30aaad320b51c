package io.mtl4j.examples.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.examples.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBenchmarksTest {

    @TempDir
    private Path folder;

    private static JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    @Test
    void tellsHowFastAnswersAre() throws IOException {
        Cli run = Cli.run(InferenceBenchmark.command(), "--cases=mlp", "--windows=1", "--seconds=0.01", "--warmup=0");
        assertEquals(0, run.status(), run.errors());
        List<String> calls = List.of("predict", "predictBatch", "outputs");
        List<String> lines = run.out().lines().toList();
        assertEquals(calls.size(), lines.size(), run.out());
        for (int i = 0; i < calls.size(); i++) {
            JsonNode line = json(lines.get(i));
            assertEquals(calls.get(i), line.get("call").asText());
            assertEquals(i == 0 ? 1 : 256, line.get("batch").asInt());
            assertTrue(line.get("samples_per_s").asDouble() > 0, lines.get(i));
            assertTrue(line.get("p50_ms").asDouble() <= line.get("p99_ms").asDouble(), lines.get(i));
        }
    }

    @Test
    void tellsWhatLearnedWeightsCost() {
        Cli run = Cli.run(HypergradientBenchmark.command(), "--cases=mlp", "--tasks", "2", "--steps=2");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.numberAfter("| mlp | auto-lambda | 2 |") > 0, run.out());
        assertTrue(run.numberAfter("| mlp | moml | 2 |") > 0, run.out());
    }

    @Test
    void findsTheTimeOfAShareOfTheCalls() {
        CallTimer.Timing timing = new CallTimer.Timing(1, new long[] {1_000_000, 2_000_000, 3_000_000, 4_000_000});
        assertEquals(2, timing.millisOf(0.5));
        assertEquals(4, timing.millisOf(0.99));
        assertEquals(1, timing.millisOf(0.01));
    }

    @Test
    void writesSpeedOverTasksAsTableCsvAndPicture() throws IOException {
        Cli run = Cli.run(
                ScalingBenchmark.command(),
                "--cases=mlp",
                "--tasks",
                "1",
                "3",
                "--windows=1",
                "--seconds=0.01",
                "--warmup=0",
                "--out=" + folder);
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.numberAfter("mlp               3") > 0, run.out());
        List<String> csv = Files.readAllLines(folder.resolve("scaling.csv"));
        assertEquals("case,mode,tasks,samples_per_s", csv.get(0));
        assertEquals(5, csv.size());
        assertTrue(csv.get(4).startsWith("mlp,jac,3,"), csv.get(4));
        assertEquals(720, ImageIO.read(folder.resolve("scaling.png").toFile()).getWidth());
    }

    @Test
    void answersToManyThreadsAreThoseToOne() throws IOException {
        Cli run = Cli.run(
                ServingLoad.command(), "--cases=mlp", "--cases=cnn", "--clients=8", "--minutes=0.02", "--train=mlp");
        assertEquals(0, run.status(), run.errors());
        JsonNode line = json(run.out());
        assertTrue(line.get("calls").asLong() > 0, run.out());
        assertEquals(0, line.get("wrong").asLong(), run.out());
        assertEquals(20, line.get("rss_mib").size(), run.out());
    }

    @Test
    void tellsWhatALongTrainingTakes() throws IOException {
        Cli run = Cli.run(SteadyState.command(), "--case=mlp", "--mode=jac", "--steps=11", "--every=2");
        assertEquals(0, run.status(), run.errors());
        JsonNode line = json(run.out());
        assertEquals(11, line.get("steps").asInt());
        assertTrue(line.get("first_step_ms").asLong() > 0, run.out());
        assertTrue(line.get("samples_per_s").asDouble() > 0, run.out());
        assertTrue(line.get("gc_max_ms").asLong() <= line.get("gc_total_ms").asLong(), run.out());
        if (ProcessMemory.known()) {
            assertEquals(5, line.get("rss_mib").size());
            // Linux counts pages by the batch, and the peak is taken from another count than the present.
            assertTrue(
                    line.get("peak_rss_mib").asDouble()
                            >= line.get("rss_mib").get(4).asDouble() - 1,
                    run.out());
            assertEquals(
                    line.get("rss_mib").get(4).asDouble()
                            - line.get("rss_mib").get(1).asDouble(),
                    line.get("rss_growth_mib").asDouble(),
                    0.2);
        }
    }

    @Test
    void saysWhichNumbersAreWrong() {
        Cli steps = Cli.run(SteadyState.command(), "--steps=0");
        assertEquals(1, steps.status());
        assertTrue(steps.errors().contains("--steps=0"), steps.errors());
        Cli tasks = Cli.run(ScalingBenchmark.command(), "--tasks=0");
        assertEquals(1, tasks.status());
        assertTrue(tasks.errors().contains("--tasks [0]"), tasks.errors());
    }
}
