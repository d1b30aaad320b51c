package io.mtl4j.nn.data.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConllReaderTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("text.conll");
    }

    private List<Sentence> read(String text, String... tags) throws IOException {
        Files.writeString(file, text);
        return ConllReader.read(file, tags);
    }

    @Test
    void readsTagsPropertiesAndWordsThatBeginWithAHash() throws IOException {
        List<Sentence> sentences = read(
                "\n# intent = PlayMusic\n# source = a = b\n# just a comment\nplay\tO\n#1\tB-song\n\r\n\n"
                        + "# intent = Rate\r\n# 5\tB-x\r\nstars\tI-x",
                "slot");
        assertEquals(
                List.of(
                        new Sentence(
                                List.of("play", "#1"),
                                Map.of("slot", List.of("O", "B-song")),
                                Map.of("intent", "PlayMusic", "source", "a = b")),
                        new Sentence(
                                List.of("# 5", "stars"),
                                Map.of("slot", List.of("B-x", "I-x")),
                                Map.of("intent", "Rate"))),
                sentences);
        assertEquals("PlayMusic", sentences.get(0).property("intent"));
        assertThrows(IllegalArgumentException.class, () -> sentences.get(1).property("source"));
        assertThrows(IllegalArgumentException.class, () -> sentences.get(1).tags("entity"));
    }

    @Test
    void readsSeveralColumnsOfTags() throws IOException {
        Sentence sentence = read("He\tPRP\tO\nruns\tVBZ\tO\n", "part", "entity").get(0);
        assertEquals(List.of("PRP", "VBZ"), sentence.tags("part"));
        assertEquals(List.of("O", "O"), sentence.tags("entity"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\tO\\nb\\n|2|no tabulator",
                "a\\tO\\tX\\n|1|3 columns; there must be 2",
                "a\\tO\\n\\tO\\n|2|an empty column",
                "a\\t\\n|1|an empty column",
                "a\\tO\\n# x = y\\nb\\tO\\n|2|a property in the middle",
                "# x = y\\n# x = z\\na\\tO\\n|2|property \"x\" is there twice"
            })
    void badLinesAreNamed(String text, long line, String problem) {
        String content = text.replace("\\t", "\t").replace("\\n", "\n");
        DataFileException fault = assertThrows(DataFileException.class, () -> read(content, "tag"));
        assertEquals(line, fault.line().orElseThrow(), fault.getMessage());
        assertTrue(fault.getMessage().startsWith(file + ", line " + line + ": " + problem), fault.getMessage());
    }

    @Test
    void emptyDamagedAndMissingFilesAreRefused() throws IOException {
        assertThrows(DataFileException.class, () -> read("", "tag"));
        assertThrows(DataFileException.class, () -> read("# intent = x\n\n", "tag"));
        assertThrows(IllegalArgumentException.class, () -> read("a\tO\n"));
        Files.write(file, "\u00e4\tO\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(assertThrows(DataFileException.class, () -> ConllReader.read(file, "tag"))
                .getMessage()
                .contains("not UTF-8"));
        assertThrows(DataFileException.class, () -> ConllReader.read(folder.resolve("nowhere"), "tag"));
        assertThrows(DataFileException.class, () -> ConllReader.read(folder, "tag"));
    }
}
