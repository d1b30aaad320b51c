package io.mtl4j.nn.data.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCodesTest {

    private static final List<List<String>> TRAIN = List.of(List.of("Bad", "cab"), List.of("bad", "\uD83D\uDE00"));

    private static WordCodes codes(int maxCharacters) {
        return WordCodes.fit(Vocabulary.builder().ignoreCase(true).fit(TRAIN), TRAIN, maxCharacters);
    }

    @Test
    void aRowIsTheWordThenItsCharactersBetweenBeginAndEnd() {
        WordCodes codes = codes(6);
        assertEquals("Babcd\uD83D\uDE00", codes.characters());
        assertEquals(10, codes.characterCount());
        assertEquals(Shape.sequence(7), codes.shape());
        int bad = codes.vocabulary().number("bad");
        assertArrayEquals(new float[] {bad, 2, 6, 5, 8, 3, 0}, codes.row("bad"));
        assertArrayEquals(new float[] {bad, 2, 4, 5, 8, 3, 0}, codes.row("Bad"));
        assertArrayEquals(new float[] {Vocabulary.UNKNOWN, 2, 1, 5, 3, 0, 0}, codes.row("xa"));
        assertEquals(9, codes.row("\uD83D\uDE00")[2]);
        float[][][] rows = codes.encode(List.of(List.of("cab"), List.of("bad", "xa")));
        assertEquals(2, rows[1].length);
        assertArrayEquals(codes.row("xa"), rows[1][1]);
    }

    @Test
    void longWordsKeepTheirFirstCharacters() {
        assertArrayEquals(new float[] {Vocabulary.UNKNOWN, 2, 5, 5, 3}, codes(4).row("aaaab"));
        assertArrayEquals(new float[] {Vocabulary.UNKNOWN, 2, 3, 0, 0}, codes(4).row(""));
    }

    @Test
    void survivesAFile(@TempDir Path folder) throws IOException {
        WordCodes codes = codes(6);
        Path file = folder.resolve("codes.json");
        codes.save(file);
        WordCodes same = WordCodes.load(file);
        assertEquals(codes.characters(), same.characters());
        assertEquals(codes.vocabulary().words(), same.vocabulary().words());
        assertEquals(codes.vocabulary().ignoreCase(), same.vocabulary().ignoreCase());
        assertArrayEquals(codes.row("Bad"), same.row("Bad"));
        Files.writeString(file, "{\"words\": []}");
        String message = assertThrows(DataFileException.class, () -> WordCodes.load(file))
                .getMessage();
        assertTrue(message.contains("codes.json: is no file of word codes"), message);
        assertThrows(DataFileException.class, () -> WordCodes.load(folder.resolve("none")));
        assertThrows(DataFileException.class, () -> codes.save(file.resolve("codes.json")));
        Files.writeString(
                file, "{\"words\":[],\"ignoreCase\":false,\"characters\":\"a\",\"maxCharacters\":2000000000}");
        String tooLong = assertThrows(DataFileException.class, () -> WordCodes.load(file))
                .getMessage();
        assertTrue(tooLong.contains("rows of 2000000000 characters"), tooLong);
    }

    @Test
    void refusesRowsWithoutRoomAndCharactersThatAreThereTwice() {
        assertThrows(IllegalArgumentException.class, () -> codes(2));
        Vocabulary none = new Vocabulary(List.of(), false);
        assertEquals(
                "word codes: character \"a\" is there twice; give it once",
                assertThrows(IllegalArgumentException.class, () -> new WordCodes(none, "aba", 5))
                        .getMessage());
    }
}
