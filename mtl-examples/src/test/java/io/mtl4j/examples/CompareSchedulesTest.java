package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.examples.compare.Comparison;
import io.mtl4j.examples.compare.JudgedOnHeldOut;
import io.mtl4j.examples.compare.Method;
import io.mtl4j.examples.compare.MultiMnistProblem;
import io.mtl4j.examples.compare.Problem;
import io.mtl4j.examples.compare.Settings;
import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.weighting.Weightings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareSchedulesTest {

    @TempDir
    private Path folder;

    /** Eight epochs of two steps of 50 pictures each. */
    @Test
    void tellsWhatTrainedInHowManySteps() throws IOException {
        String table = compare(8, Method.schedules());
        assertTrue(table.contains("| left accuracy % | right accuracy % | mean % | delta-m % |"), table);
        String encoder = "layer 1 %1$s %%, layer 2 %1$s %%, layer 3 %1$s %%, ";
        assertTrue(
                row(table, "joint")
                        .contains("left 100 %, right 100 %, " + encoder.formatted(100) + "heads 100 % of 16 steps"),
                table);
        assertTrue(
                row(table, "alternating")
                        .contains("left 100 %, right 100 %, " + encoder.formatted(50) + "heads 50 % of 16 steps"),
                table);
        assertTrue(row(table, "task-by-task").contains("left 50 %, right 50 %, "), table);
        // One epoch a layer, then five together.
        assertTrue(row(table, "layer-wise").contains(encoder.formatted(75)), table);
        // The right digit joins in epoch 2 and its head learns alone for one epoch.
        assertTrue(
                row(table, "progressive").contains("left 88 %, right 75 %, " + encoder.formatted(88) + "heads"), table);
        assertTrue(row(table, "single-task").matches(".*\\|\\s+\\|"), table);
    }

    @Test
    void goesOnWithSchedulesOfAnEarlierRun() throws IOException {
        compare(1, List.of(Method.schedule("layer-wise")));
        String table = compare(1, List.of(Method.schedule("joint"), Method.schedule("layer-wise")));
        assertTrue(row(table, "layer-wise").contains("layer 1 100 %, layer 2 0 %, layer 3 0 %"), table);
        assertEquals(4, Files.readAllLines(folder.resolve("runs.csv")).size());
    }

    private String compare(int epochs, List<Method> methods) throws IOException {
        new Comparison(
                        new MultiMnistProblem(EmbeddedPictures.mnist(), 100, 50),
                        new Settings(1, epochs, 50, 1e-3, 0),
                        methods,
                        folder,
                        new PrintWriter(new StringWriter()))
                .run();
        return Files.readString(folder.resolve("summary.md"));
    }

    private static String row(String table, String name) {
        return Stream.of(table.split("\n"))
                .filter(line -> line.startsWith("| " + name + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void settingsAreChosenOnHeldOutPictures() {
        Problem problem = new MultiMnistProblem(EmbeddedPictures.mnist(), 100, 50);
        Problem.Parts parts = new JudgedOnHeldOut(problem).parts(problem.tasks());
        assertEquals(10, parts.test().sources().get(0).size());
        assertNotEquals(problem.description(), new JudgedOnHeldOut(problem).description());
    }

    @Test
    void namesOfSchedulesAreNoMethodsNames() {
        Method.schedules().forEach(schedule -> {
            assertEquals(schedule, Method.named(schedule.name()));
            assertTrue(!Weightings.names().contains(schedule.name()), schedule.name());
            assertTrue(!Aggregations.names().contains(schedule.name()), schedule.name());
            assertTrue(!Method.sharings().contains(schedule), schedule.name());
        });
    }

    @Test
    void saysWhichSchedulesThereAre() {
        Cli unknown = Cli.run(CompareSchedules.command(), "--data=multi-mnist", "--schedules=all", "--out=" + folder);
        assertNotEquals(0, unknown.status());
        assertTrue(unknown.errors().contains("no schedule \"all\"; there are [joint, "), unknown.errors());
    }
}
