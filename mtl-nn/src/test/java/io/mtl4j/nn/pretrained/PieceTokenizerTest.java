package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.pretrained.PieceTokenizer.Pieces;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceTokenizerTest {

    private static final Path FOLDER = Tiny.folder("bert");
    private static final JsonNode IDS =
            Tiny.json(FOLDER.resolve("tokenizer.json")).path("model").path("vocab");

    @TempDir
    private Path folder;

    private static int[] ids(String... pieces) {
        return Arrays.stream(pieces).mapToInt(p -> IDS.get(p).intValue()).toArray();
    }

    @Test
    void findsThePiecesThatTheAlgorithmOfThePaperFinds() {
        try (PieceTokenizer tokenizer = HuggingFace.tokenizer(FOLDER)) {
            List<String> texts = new ArrayList<>();
            List<int[]> expected = new ArrayList<>();
            for (JsonNode text : Tiny.expected("bert").get("texts")) {
                List<String> pieces = new ArrayList<>();
                text.get("pieces").forEach(p -> pieces.add(p.textValue()));
                texts.add(text.get("text").textValue());
                expected.add(ids(pieces.toArray(String[]::new)));
                if (!text.get("text").textValue().contains("\u00e9")) { // accents are taken off, unlike in the script
                    assertArrayEquals(expected.get(expected.size() - 1), tokenizer.encode(texts.get(texts.size() - 1)));
                    assertEquals(pieces.subList(1, pieces.size() - 1), tokenizer.tokenize(texts.get(texts.size() - 1)));
                }
            }
            assertArrayEquals(expected.get(1), tokenizer.encode(texts)[1]);
            assertArrayEquals(
                    ids("[CLS]", "e", "##t", "##e", "[UNK]", "[SEP]"), tokenizer.encode("\u00e9t\u00e9 \u4e2d"));
        }
    }

    @Test
    void separatesTwoTextsAndCutsOff() {
        try (PieceTokenizer tokenizer = HuggingFace.tokenizer(FOLDER)) {
            assertArrayEquals(
                    ids("[CLS]", "play", "[SEP]", "some", "jazz", "[SEP]"), tokenizer.encode("Play", "some jazz"));
        }
        try (PieceTokenizer tokenizer = PieceTokenizer.open(FOLDER.resolve("tokenizer.json"), 5)) {
            assertArrayEquals(ids("[CLS]", "i", "want", "some", "[SEP]"), tokenizer.encode("I want some jazz"));
            assertArrayEquals(ids("[CLS]", "play", "[SEP]", "some", "[SEP]"), tokenizer.encode("Play", "some jazz"));
        }
    }

    @Test
    void tagsBelongToTheFirstPieceOfAWord() {
        try (PieceTokenizer tokenizer = HuggingFace.tokenizer(FOLDER)) {
            Pieces pieces = tokenizer.split(List.of("rebooking", "flights", "Boston"));
            assertArrayEquals(
                    ids("[CLS]", "re", "##b", "##o", "##o", "##k", "##ing", "flights", "boston", "[SEP]"),
                    pieces.ids());
            assertArrayEquals(new int[] {-1, 0, 0, 0, 0, 0, 0, 1, 2, -1}, pieces.words());
            int none = Labels.MISSING;
            assertArrayEquals(
                    new int[] {none, 7, none, none, none, none, none, 8, 9, none},
                    pieces.tags(new int[] {7, 8, 9}, none));
            assertArrayEquals(new int[] {1, 7, 8}, pieces.firstPieces());
            assertEquals(
                    "pieces: 2 tags, and a piece of word 2, counted from 0; give one tag for each word",
                    assertThrows(IllegalArgumentException.class, () -> pieces.tags(new int[] {7, 8}, none))
                            .getMessage());
        }
    }

    @Test
    void leavesTheSettingsOfTheApplicationAsTheyWere() {
        String property = "ai.djl.offline";
        assertNull(System.getProperty(property));
        HuggingFace.tokenizer(FOLDER).close();
        assertNull(System.getProperty(property));
    }

    @Test
    void saysWhatIsWrongWithTheFile() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        assertTrue(assertThrows(DataFileException.class, () -> PieceTokenizer.open(file, 8))
                .getMessage()
                .contains("there is no such file; a network with only a vocab.txt"));
        Files.writeString(file, "{\"model\": 3}");
        String message = assertThrows(DataFileException.class, () -> PieceTokenizer.open(file, 8))
                .getMessage();
        assertTrue(message.contains("Hugging Face's library cannot read it ("), message);
        assertEquals(
                "tokenizer: longest = 3; it must be at least 4",
                assertThrows(IllegalArgumentException.class, () -> PieceTokenizer.open(file, 3))
                        .getMessage());
    }

    /** The class path without DJL. */
    @Test
    void saysWhichDependencyIsMissing() throws Exception {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> !entry.contains("tokenizers"))
                .map(PieceTokenizerTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            var open = loader.loadClass(PieceTokenizer.class.getName()).getMethod("open", Path.class, int.class);
            Throwable thrown = assertThrows(
                            InvocationTargetException.class,
                            () -> open.invoke(null, FOLDER.resolve("tokenizer.json"), 8))
                    .getCause();
            assertEquals(IllegalStateException.class, thrown.getClass());
            assertTrue(
                    thrown.getMessage()
                            .endsWith("is not on the class path; add the dependency"
                                    + " ai.djl.huggingface:tokenizers:0.38.0"),
                    thrown.getMessage());
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
