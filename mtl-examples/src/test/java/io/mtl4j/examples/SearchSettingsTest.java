package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void searchesInThreeWaysAndReadsWhatIsDone() {
        Cli first = run();
        assertEquals(0, first.status(), first.errors());
        for (String strategy : List.of("random(", "hyperband(3 epochs, eta 3)", "tpe(")) {
            assertTrue(first.out().contains(strategy), first.out());
        }
        assertTrue(Files.exists(folder.resolve("seed-1/hyperband/journal.jsonl")));
        assertEquals(first.out(), run().out());
    }

    private Cli run() {
        return Cli.run(
                SearchSettings.command(),
                "--embedded",
                "--train-size=100",
                "--held-out=50",
                "--epochs=3",
                "--threads=2",
                "--seeds=1",
                "--folder=" + folder);
    }
}
