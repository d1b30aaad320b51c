package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnipsIntentSlotsTest {

    private static final List<String> ARTISTS = List.of("miles davis", "nina simone", "bach");
    private static final List<String> CITIES = List.of("berlin", "new york", "oslo");

    @TempDir
    private Path folder;

    @Test
    void learnsIntentsAndSlotsAndAnswersTheSameAfterLoading() throws IOException {
        writeRequests(folder);
        Path saved = folder.resolve("saved");
        Cli trained = Cli.run(
                SnipsIntentSlots.command(),
                "--data-dir=" + folder,
                "--epochs=6",
                "--batch=8",
                "--units=16",
                "--learning-rate=0.02",
                "--sentence=play nina simone now",
                "--sentence=will it rain in new york",
                "--out=" + saved);
        assertEquals(0, trained.status(), trained.errors());
        assertTrue(trained.numberAfter("intent accuracy") > 90, trained.out());
        assertTrue(trained.numberAfter("whole entities") > 90, trained.out());
        String answers = trained.out().substring(trained.out().indexOf("\"play nina"));
        assertTrue(answers.contains("PlayMusic") && answers.contains("artist = nina simone"), answers);
        assertTrue(answers.contains("GetWeather") && answers.contains("city = new york"), answers);

        Cli loaded = Cli.run(
                SnipsIntentSlots.command(),
                "--load=" + saved,
                "--sentence=play nina simone now",
                "--sentence=will it rain in new york");
        assertEquals(0, loaded.status(), loaded.errors());
        assertTrue(answers.startsWith(loaded.out()), loaded.out());
    }

    @Test
    void trainsATransformerWithAnAggregationOnSomeRealRequests() {
        String data = System.getenv("MTL4J_DATA");
        assumeTrue(
                data != null && Files.exists(Path.of(data, "nlp", "snips.train.conll")),
                "MTL4J_DATA has no nlp/snips.train.conll");
        Cli run = Cli.run(
                SnipsIntentSlots.command(),
                "--data-dir=" + data,
                "--limit=300",
                "--epochs=4",
                "--encoder=transformer",
                "--weighting=uncertainty",
                "--aggregation=upgrad");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.numberAfter("intent accuracy") > 50, run.out());
    }

    @Test
    void saysWhereTheDataShouldBe() {
        Cli run = Cli.run(SnipsIntentSlots.command(), "--data-dir=" + folder);
        assertEquals(1, run.status());
        assertTrue(run.errors().contains("snips.train.conll: no such file"), run.errors());
        assertTrue(run.errors().contains("--data-dir") && run.errors().contains("MTL4J_DATA"), run.errors());
        assertTrue(run.errors().contains("https://"), run.errors());
    }

    @Test
    void refusesUnknownOptionsAndMethods() throws IOException {
        assertEquals(2, Cli.run(SnipsIntentSlots.command(), "--nonsense").status());
        writeRequests(folder);
        Cli run = Cli.run(SnipsIntentSlots.command(), "--data-dir=" + folder, "--weighting=nonsense");
        assertEquals(1, run.status());
        assertTrue(run.errors().contains("no weighting \"nonsense\""), run.errors());
    }

    /** Writes requests to play an artist and about the weather in a city, where the examples look for them. */
    static void writeRequests(Path folder) throws IOException {
        Path nlp = Files.createDirectories(folder.resolve("nlp"));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            String artist = ARTISTS.get(i % ARTISTS.size());
            request(text, "PlayMusic", i % 2 == 0 ? "play" : "please play", "artist", artist, i % 4 == 0 ? "" : "now");
            String city = CITIES.get(i % CITIES.size());
            request(text, "GetWeather", i % 2 == 0 ? "will it rain in" : "weather for", "city", city, "");
        }
        Files.writeString(nlp.resolve("snips.train.conll"), text);
        Files.writeString(nlp.resolve("snips.test.conll"), text);
    }

    private static void request(
            StringBuilder text, String intent, String before, String slot, String value, String after) {
        text.append("# intent = ").append(intent).append('\n');
        words(text, before, "O", "O");
        words(text, value, "B-" + slot, "I-" + slot);
        words(text, after, "O", "O");
        text.append('\n');
    }

    private static void words(StringBuilder text, String words, String first, String next) {
        String tag = first;
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            text.append(word).append('\t').append(tag).append('\n');
            tag = next;
        }
    }
}
