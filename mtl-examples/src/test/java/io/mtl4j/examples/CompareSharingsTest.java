package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareSharingsTest {

    @TempDir
    private Path folder;

    /** Two steps of 50 pictures each, with every way of sharing. */
    @Test
    void trainsEveryWayOfSharing() throws IOException {
        StringWriter told = new StringWriter();
        new Comparison(
                        new MultiMnistProblem(EmbeddedPictures.mnist(), 100, 50),
                        new Settings(1, 1, 50, 1e-3, 0),
                        Method.sharings(),
                        folder,
                        new PrintWriter(told))
                .run();
        List<String> runs = Files.readAllLines(folder.resolve("runs.csv"));
        assertEquals(2 + Method.sharings().size(), runs.size());
        assertTrue(runs.stream().skip(1).allMatch(line -> line.contains(",finished,")), String.join("\n", runs));
        String table = Files.readString(folder.resolve("summary.md"));
        assertTrue(table.contains("| left accuracy % | right accuracy % | delta-m % | parameters | ms/step"), table);
        // 10 x 25 + 10, 20 x 250 + 20, 320 x 50 + 50, and twice 50 x 50 + 50 and 50 x 10 + 10
        assertTrue(Stream.of(table.split("\n")).anyMatch(line -> line.matches("\\| hard .*\\| 27,450 .*")), table);
        assertTrue(Files.notExists(folder.resolve("weights.png")));
    }

    @Test
    void namesOfWaysOfSharingAreNoMethodsNames() {
        Method.sharings().forEach(sharing -> {
            assertEquals(sharing, Method.named(sharing.name()));
            assertTrue(!Weightings.names().contains(sharing.name()), sharing.name());
            assertTrue(!Aggregations.names().contains(sharing.name()), sharing.name());
        });
    }

    @Test
    void saysWhichWaysThereAre() {
        Cli unknown =
                Cli.run(CompareSharings.command(), "--data=multi-mnist", "--sharings=hard,all", "--out=" + folder);
        assertNotEquals(0, unknown.status());
        assertTrue(unknown.errors().contains("no way of sharing \"all\"; there are [hard, "), unknown.errors());
    }
}
