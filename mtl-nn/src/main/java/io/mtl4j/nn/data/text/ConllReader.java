package io.mtl4j.nn.data.text;

import io.mtl4j.nn.data.DataFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads sentences in the column format of the CoNLL tasks, in UTF-8: a line for each word, the word and its tags separated
 * by tabulators, and a blank line after each sentence. Lines {@code # name = value} before a sentence tell its properties; a
 * line that begins with {@code #} and has a tabulator is a word. Other lines that begin with {@code #} are comments.
 */
public final class ConllReader {

    private ConllReader() {}

    /**
     * {@return the sentences of a file}
     *
     * @param file the file
     * @param tags names of the columns of tags after the word, at least one
     * @throws DataFileException if the file is missing, has no sentence, is not UTF-8, or a line has too few or too many
     *     columns
     */
    public static List<Sentence> read(Path file, String... tags) {
        if (tags.length == 0) {
            throw new IllegalArgumentException("CoNLL: no names of tags; give one for each column after the word");
        }
        String name = file.toString();
        ConllParser parser = new ConllParser(name, List.of(tags));
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                parser.line(line);
            }
        } catch (NoSuchFileException e) {
            throw DataFileException.of(name, "no such file; check the path").because(e);
        } catch (CharacterCodingException e) {
            String problem = "in or after this line there are bytes that are not UTF-8; save the file in UTF-8";
            throw DataFileException.atLine(name, parser.lines() + 1L, problem).because(e);
        } catch (IOException e) {
            throw DataFileException.of(name, "cannot be read: " + e.getMessage())
                    .because(e);
        }
        List<Sentence> sentences = parser.end();
        if (sentences.isEmpty()) {
            throw DataFileException.of(name, "no sentences; a line is a word, a tabulator, and a tag");
        }
        return sentences;
    }
}
