package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextualSlotsTest {

    @TempDir
    private Path folder;

    @Test
    void readsWordsInEveryWayAndTakesASavedLanguageModel() throws IOException {
        SnipsIntentSlotsTest.writeRequests(folder);
        Path language = folder.resolve("language");
        Cli first = run(language, "--labelled=20", "--epochs=6");
        assertEquals(0, first.status(), first.errors());
        assertTrue(first.numberAfter("language model of") > 10, first.out());
        assertTrue(first.numberAfter("perplexity") < first.numberAfter("by word frequencies"), first.out());
        for (String reading : new String[] {"words", "untrained", "frozen", "tuned"}) {
            assertTrue(first.out().contains(reading + ", 20 labelled: intent accuracy"), first.out());
        }
        Cli again = run(language, "--labelled=20", "--epochs=6", "--reading=tuned");
        assertEquals(0, again.status(), again.errors());
        assertFalse(again.out().contains("perplexity"), again.out());
        assertTrue(first.out().endsWith(again.out()), first.out() + again.out());
        assertTrue(again.numberAfter("intent accuracy") > 90, again.out());
    }

    @Test
    void saysWhereTheDataShouldBe() {
        Cli run = Cli.run(ContextualSlots.command(), "--data-dir=" + folder);
        assertEquals(1, run.status());
        assertTrue(run.errors().contains("snips.train.conll: no such file"), run.errors());
    }

    private Cli run(Path language, String... more) {
        String[] args = {
            "--data-dir=" + folder,
            "--language=" + language,
            "--language-units=16",
            "--language-epochs=4",
            "--units=16",
            "--batch=4",
            "--learning-rate=0.02"
        };
        return Cli.run(
                ContextualSlots.command(),
                Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
    }
}
