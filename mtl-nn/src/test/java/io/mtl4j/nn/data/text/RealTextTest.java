package io.mtl4j.nn.data.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtl4j.nn.data.ClassNames;
import io.mtl4j.nn.data.SequenceSource;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.table.Table;
import io.mtl4j.nn.data.table.TableReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The real texts, where environment variable MTL4J_DATA names the folder that holds them. */
class RealTextTest {

    private static Path file(String name) {
        String data = System.getenv("MTL4J_DATA");
        assumeTrue(data != null, "skipped: environment variable MTL4J_DATA names no folder with data sets");
        Path file = Path.of(data, "nlp", name);
        assumeTrue(Files.isRegularFile(file), "skipped: no file " + file);
        return file;
    }

    @Test
    void snipsHasSlotsAndIntents() {
        List<Sentence> train = ConllReader.read(file("snips.train.conll"), "slot");
        List<Sentence> test = ConllReader.read(file("snips.test.conll"), "slot");
        assertEquals(13_784, train.size());
        assertEquals(700, test.size());
        List<List<String>> tags =
                train.stream().map(sentence -> sentence.tags("slot")).toList();
        ClassNames slots = ClassNames.of(tags.stream().flatMap(List::stream).toList());
        List<String> intents =
                train.stream().map(sentence -> sentence.property("intent")).toList();
        assertEquals(
                39, slots.names().stream().filter(tag -> tag.startsWith("B-")).count());
        assertEquals(7, ClassNames.of(intents).size());
        assertTrue(test.stream()
                .flatMap(sentence -> sentence.tags("slot").stream())
                .allMatch(slots::contains));
        List<List<String>> tokens = train.stream().map(Sentence::tokens).toList();
        SequenceSource source = SequenceSource.builder("text")
                .tokens(Vocabulary.builder()
                        .ignoreCase(true)
                        .minCount(2)
                        .fit(tokens)
                        .encode(tokens))
                .labels("slot", slots.tags(tags))
                .labels("intent", ClassNames.of(intents).labels(intents))
                .build();
        SourceBatch batch = source.batch(new int[] {0, 1, 13_783}, new SplittableRandom(1));
        assertEquals(8, batch.steps().getRow(0).sumNumber().intValue());
    }

    @Test
    void newsHasPersonsAndSentiments() {
        assertEquals(
                7_357, ConllReader.read(file("newsmtsc.train.conll"), "person").size());
        List<Sentence> test = ConllReader.read(file("newsmtsc.test.conll"), "person");
        assertEquals(725, test.size());
        assertEquals(
                List.of("negative", "neutral", "positive"),
                ClassNames.of(test.stream()
                                .map(sentence -> sentence.property("sentiment"))
                                .toList())
                        .names());
    }

    @Test
    void reviewsAreLabelledTexts() {
        Table train = TableReader.tsv(file("uci-sentences.train.tsv"));
        assertEquals(2_400, train.size());
        assertEquals(600, TableReader.tsv(file("uci-sentences.test.tsv")).size());
        assertTrue(train.column("text").stream()
                .allMatch(text -> !Tokenizer.words().tokenize(text).isEmpty()));
    }
}
