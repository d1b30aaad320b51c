package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.examples.compare.Comparison;
import io.mtl4j.examples.compare.Method;
import io.mtl4j.examples.compare.MultiMnistProblem;
import io.mtl4j.examples.compare.Settings;
import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.weighting.Weightings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareMethodsTest {

    @TempDir
    private Path folder;

    @Test
    void writesTablesAndPictures() throws IOException {
        String told = compare(1, "uncertainty", "pcgrad", "mgda-ub", "auto-lambda", "forum", "krum");
        assertTrue(told.contains("[7/7] krum, seed 1: unsuited"), told);

        List<CSVRecord> runs = read("runs.csv");
        assertEquals(
                List.of(
                        "method",
                        "kind",
                        "seed",
                        "status",
                        "left_accuracy",
                        "right_accuracy",
                        "conflict_share",
                        "mean_cosine",
                        "ms_per_step",
                        "seconds",
                        "message"),
                runs.get(0).getParser().getHeaderNames());
        assertEquals(
                List.of("single-task", "uncertainty", "pcgrad", "mgda-ub", "auto-lambda", "forum", "krum"),
                runs.stream().map(run -> run.get("method")).toList());
        for (CSVRecord run : runs.subList(0, 6)) {
            assertEquals("finished", run.get("status"), run.toString());
            assertTrue(number(run, "left_accuracy") > 0.03, run.toString());
            assertTrue(number(run, "ms_per_step") > 0, run.toString());
        }
        for (CSVRecord run : runs.subList(1, 6)) {
            assertTrue(Math.abs(number(run, "mean_cosine")) <= 1, run.toString());
            assertTrue(number(run, "conflict_share") >= 0, run.toString());
        }
        assertEquals("unsuited", runs.get(6).get("status"));
        assertTrue(
                runs.get(6).get("message").contains("needs at least 3"),
                runs.get(6).toString());

        List<CSVRecord> summary = read("summary.csv");
        assertEquals("single-task", summary.get(0).get("method"));
        assertEquals(0, number(summary.get(0), "delta_m_mean"), 1e-12);
        assertTrue(Double.isNaN(number(summary.get(0), "delta_m_std")));
        assertEquals("krum", summary.get(6).get("method"));
        String table = Files.readString(results("summary.md"));
        assertTrue(table.contains("| left accuracy % | right accuracy % | delta-m % |"), table);
        assertTrue(table.contains("not for these tasks: krum with outliers = 0"), table);

        for (String picture : List.of("weights.png", "cosines.png", "scatter.png")) {
            assertTrue(ImageIO.read(results(picture).toFile()).getWidth() > 300, picture);
        }
    }

    @Test
    void beginsAllMethodsAlikeAndRecordsEveryStep() throws IOException {
        compare(1, "equal", "sum");
        List<CSVRecord> equal = read("history/equal-seed1.csv");
        List<CSVRecord> sum = read("history/sum-seed1.csv");
        assertEquals(6, equal.size());
        assertEquals(6, sum.size());
        assertEquals(number(equal.get(0), "cosine"), number(sum.get(0), "cosine"), 1e-6);
        assertTrue(Double.isNaN(number(sum.get(1), "cosine")));
        assertEquals(1, number(equal.get(5), "left_weight"));
        List<CSVRecord> runs = read("runs.csv");
        assertEquals(number(runs.get(1), "left_accuracy"), number(runs.get(2), "left_accuracy"), 0.05);
    }

    @Test
    void goesOnWhereItWasStopped() throws IOException {
        compare(1, "equal");
        List<String> first = Files.readAllLines(results("runs.csv"));
        assertEquals(3, first.size());
        // As if the program had been stopped in the middle of a line.
        Files.writeString(results("runs.csv"), String.join("\n", first) + "\npcgrad,aggregation,1,fin");
        String told = compare(2, "equal", "pcgrad");
        assertTrue(told.contains("4 runs to do, 2 done already"), told);
        List<String> second = Files.readAllLines(results("runs.csv"));
        assertEquals(7, second.size());
        assertEquals(first, second.subList(0, 3));
        assertTrue(second.get(3).startsWith("pcgrad,aggregation,1,finished"), second.get(3));
        List<CSVRecord> summary = read("summary.csv");
        assertEquals("2", summary.get(0).get("seeds_finished"));
        assertFalse(Double.isNaN(number(summary.get(0), "delta_m_std")));
        assertTrue(compare(2, "equal", "pcgrad").contains("0 runs to do, 6 done already"));
    }

    @Test
    void refusesToMixSettingsAndUnknownMethods() throws IOException {
        compare(1);
        Cli other = Cli.run(
                CompareMethods.command(), "--data=multi-mnist", "--data-dir=" + folder, "--out=" + folder, "--seeds=0");
        assertEquals(1, other.status());
        assertTrue(other.errors().contains("seeds = 0"), other.errors());
        Cli unknown = Cli.run(CompareMethods.command(), "--data=adult", "--methods=equal,best");
        assertNotEquals(0, unknown.status());
        assertTrue(unknown.errors().contains("\"best\""), unknown.errors());
        IllegalArgumentException mixed =
                assertThrows(IllegalArgumentException.class, () -> compare(new Settings(1, 2, 64, 1e-3, 2)));
        assertTrue(mixed.getMessage().contains("use the same options"), mixed.getMessage());
    }

    @Test
    void knowsAllMethodsOfTheLibrary() {
        List<String> names = Method.all().stream().map(Method::name).toList();
        assertTrue(names.containsAll(Weightings.names()));
        assertTrue(names.containsAll(Aggregations.names()));
        assertEquals(
                Method.Kind.AGGREGATION, Method.named("upgrad-representation").kind());
    }

    /** Six steps of 50 pictures each. */
    private String compare(int seeds, String... methods) throws IOException {
        return compare(new Settings(seeds, 1, 50, 1e-3, 2), methods);
    }

    private String compare(Settings settings, String... methods) throws IOException {
        StringWriter told = new StringWriter();
        new Comparison(
                        new MultiMnistProblem(EmbeddedPictures.mnist(), 300, 100),
                        settings,
                        List.of(methods).stream().map(Method::named).toList(),
                        folder,
                        new PrintWriter(told))
                .run();
        return told.toString();
    }

    private Path results(String name) {
        return folder.resolve(name);
    }

    private List<CSVRecord> read(String name) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(Files.readString(results(name)), format)) {
            return parser.getRecords();
        }
    }

    private static double number(CSVRecord line, String column) {
        return Double.parseDouble(line.get(column));
    }
}
