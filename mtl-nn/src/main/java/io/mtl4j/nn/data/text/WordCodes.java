package io.mtl4j.nn.data.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.internal.WholeFile;
import io.mtl4j.nn.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Words as numbers for models that read characters: each word is a row of its number in a {@link Vocabulary} and the numbers
 * of its characters, {@code [word, begin, c_1, ..., c_n, end, 0, ...]}. So words that training never saw still have something
 * in common with those it saw.
 *
 * <p>A character is a Unicode code point. Number 0 is the room behind a word, 1 stands for unknown characters, 2 for the
 * beginning and 3 for the end of a word; the characters of the training part follow in the order of their code points. Of a
 * word that is too long, the first characters are taken. Characters keep upper and lower case, also where the vocabulary of
 * words ignores it.
 *
 * <p>Made from the training part, and kept with the model: {@link #save} and {@link #load}.
 */
public final class WordCodes {

    /** The number of the room behind a word. */
    public static final int PADDING = 0;

    /** The number of all unknown characters. */
    public static final int UNKNOWN = 1;

    /** The number that begins a word. */
    public static final int BEGIN = 2;

    /** The number that ends a word. */
    public static final int END = 3;

    private static final int FIRST = 4;
    private static final int SHORTEST = 3;
    /** In files, which may be of others. */
    private static final int LONGEST = 1 << 16;

    private final Vocabulary vocabulary;
    private final String characters;
    private final int maxCharacters;
    private final Map<Integer, Integer> numbers = new HashMap<>();

    /**
     * Sets the codes, as when a model is loaded; to make them, see {@link #fit}.
     *
     * @param vocabulary the words
     * @param characters the characters with numbers 4, 5, ...
     * @param maxCharacters numbers of characters in a row, those for begin and end included, at least 3
     * @throws IllegalArgumentException if a character is there twice
     */
    public WordCodes(Vocabulary vocabulary, String characters, int maxCharacters) {
        this.vocabulary = vocabulary;
        this.characters = characters;
        this.maxCharacters = Require.atLeast("word codes: maxCharacters", maxCharacters, SHORTEST);
        characters.codePoints().forEach(character -> {
            if (numbers.put(character, FIRST + numbers.size()) != null) {
                throw new IllegalArgumentException(
                        "word codes: character \"" + Character.toString(character) + "\" is there twice; give it once");
            }
        });
    }

    /**
     * {@return the codes of some sentences, with all of their characters}
     *
     * @param vocabulary the words, made from the same sentences
     * @param sentences words of each sentence of the training part
     * @param maxCharacters numbers of characters in a row, those for begin and end included, at least 3
     */
    public static WordCodes fit(Vocabulary vocabulary, Collection<List<String>> sentences, int maxCharacters) {
        TreeSet<Integer> found = new TreeSet<>();
        sentences.forEach(sentence -> sentence.forEach(word -> word.codePoints().forEach(found::add)));
        StringBuilder characters = new StringBuilder();
        found.forEach(characters::appendCodePoint);
        return new WordCodes(vocabulary, characters.toString(), maxCharacters);
    }

    /** {@return the words} */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** {@return the characters with numbers 4, 5, ...} */
    public String characters() {
        return characters;
    }

    /** {@return the number of numbers of characters, the four special ones included} */
    public int characterCount() {
        return FIRST + numbers.size();
    }

    /** {@return numbers of characters in a row, those for begin and end included} */
    public int maxCharacters() {
        return maxCharacters;
    }

    /** {@return the shape of what {@link #encode} gives: rows of {@code 1 + maxCharacters}} */
    public Shape.Sequence shape() {
        return Shape.sequence(1 + maxCharacters);
    }

    /**
     * {@return a word's row: its number, then those of its characters}
     *
     * @param word the word
     */
    public float[] row(String word) {
        float[] row = new float[1 + maxCharacters];
        row[0] = vocabulary.number(word);
        row[1] = BEGIN;
        int at = 2;
        for (int character : word.codePoints().limit(maxCharacters - 2L).toArray()) {
            row[at++] = numbers.getOrDefault(character, UNKNOWN);
        }
        row[at] = END;
        return row;
    }

    /**
     * {@return the rows of the words of sentences, {@code [sentences][time][1 + maxCharacters]}, for {@link
     * io.mtl4j.nn.data.SequenceSource.Builder#features}}
     *
     * @param sentences words of each sentence
     */
    public float[][][] encode(Collection<List<String>> sentences) {
        return sentences.stream()
                .map(sentence -> sentence.stream().map(this::row).toArray(float[][]::new))
                .toArray(float[][][]::new);
    }

    /**
     * Writes the codes as JSON in UTF-8. A failure leaves the old file as it was.
     *
     * @param file where to, replaced if it is there; missing folders are made
     * @throws DataFileException if it cannot be written
     */
    public void save(Path file) {
        Stored stored = new Stored(vocabulary.words(), vocabulary.ignoreCase(), characters, maxCharacters);
        try {
            byte[] json = new ObjectMapper().writeValueAsBytes(stored);
            WholeFile.write(file, out -> out.write(json));
        } catch (IOException e) {
            throw DataFileException.of(file.toString(), "cannot be written: " + e.getMessage())
                    .because(e);
        }
    }

    /**
     * {@return the codes of a file that {@link #save} wrote}
     *
     * @param file the file
     * @throws DataFileException if it cannot be read or is no such file
     */
    public static WordCodes load(Path file) {
        try {
            Stored stored = new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(Files.readAllBytes(file), Stored.class);
            if (stored == null) {
                throw new IllegalArgumentException("it says null and nothing else");
            }
            if (stored.maxCharacters > LONGEST) {
                throw new IllegalArgumentException("rows of " + stored.maxCharacters
                        + " characters, which fill the memory; words have at most " + LONGEST);
            }
            Vocabulary words = new Vocabulary(new ArrayList<>(stored.words), stored.ignoreCase);
            return new WordCodes(words, stored.characters, stored.maxCharacters);
        } catch (IOException | IllegalArgumentException e) {
            throw DataFileException.of(file.toString(), "is no file of word codes: " + e.getMessage())
                    .because(e);
        }
    }

    /** What a file holds. */
    private record Stored(
            @JsonProperty("words") List<String> words,
            @JsonProperty("ignoreCase") boolean ignoreCase,
            @JsonProperty("characters") String characters,
            @JsonProperty("maxCharacters") int maxCharacters) {}
}
