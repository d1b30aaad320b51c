package io.mtl4j.nn.pretrained;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts as the word pieces that a pretrained network knows, by the rules of its {@code tokenizer.json}: what the network saw
 * in training, special tokens such as {@code [CLS]} and {@code [SEP]} included. {@link HuggingFace#tokenizer} makes one of a
 * folder.
 *
 * <pre>{@code
 * DataSource source(PieceTokenizer tokenizer, List<String> texts, int[] intents) {
 *     return SequenceSource.builder("text")
 *             .tokens(tokenizer.encode(texts))
 *             .labels("intent", Labels.classes(intents))
 *             .build();
 * }
 * }</pre>
 *
 * <p>The work is done by Hugging Face's own library, which an application that uses this class adds: {@code
 * ai.djl.huggingface:tokenizers:0.38.0} (Apache-2.0; Linux x86-64 and ARM64, Windows x86-64, macOS ARM64). Its native part is
 * unpacked into {@code ~/.djl.ai}, or the folder that the environment variable {@code DJL_CACHE_DIR} names, when the first
 * tokenizer is made. It is kept from using the network: DJL is told to be offline while that happens.
 *
 * <p>Safe to use from several threads. Close it to give its native memory back.
 */
public final class PieceTokenizer implements Tokenizer, AutoCloseable {

    private final DjlTokenizer library;

    private PieceTokenizer(DjlTokenizer library) {
        this.library = library;
    }

    /**
     * {@return the tokenizer that a file describes}
     *
     * @param file a {@code tokenizer.json}
     * @param longest the greatest number of pieces of a text, special tokens included, at least 4; the rest is cut off, of
     *     the longer text if there are two
     * @throws DataFileException if the file is missing or no such file
     * @throws IllegalStateException if Hugging Face's library is not on the class path
     */
    public static PieceTokenizer open(Path file, int longest) {
        Require.atLeast("tokenizer: longest", longest, 4);
        if (!Files.isRegularFile(file)) {
            throw DataFileException.of(
                    file.toString(),
                    "there is no such file; a network with only a vocab.txt must be saved once more by a fast tokenizer:"
                            + " AutoTokenizer.from_pretrained(folder).save_pretrained(folder)");
        }
        try {
            return new PieceTokenizer(DjlTokenizer.open(file, longest));
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "tokenizer: the class " + e.getMessage().replace('/', '.')
                            + " is not on the class path; add the dependency ai.djl.huggingface:tokenizers:0.38.0",
                    e);
        }
    }

    /** {@return the pieces of a text, without special tokens} */
    @Override
    public List<String> tokenize(String text) {
        return library.pieces(text);
    }

    /**
     * {@return the ids of a text}
     *
     * @param text the text
     */
    public int[] encode(String text) {
        return library.encode(text);
    }

    /**
     * {@return the ids of two texts that belong together, such as a question and what may answer it, with separators}
     *
     * @param first the first text
     * @param second the second text
     */
    public int[] encode(String first, String second) {
        return library.encode(first, second);
    }

    /**
     * {@return the ids of each text, {@code [texts][time]}, not filled up}
     *
     * @param texts the texts
     */
    public int[][] encode(List<String> texts) {
        return texts.stream().map(this::encode).toArray(int[][]::new);
    }

    /**
     * {@return the pieces of a sentence whose words are known, as for tagging}
     *
     * @param words the words
     */
    public Pieces split(List<String> words) {
        return library.split(words);
    }

    @Override
    public void close() {
        library.close();
    }

    /**
     * The pieces of a sentence, and the word that each is of.
     *
     * @param ids the ids, special tokens included
     * @param words for each piece the number of its word, or {@link #NO_WORD}
     */
    public record Pieces(int[] ids, int[] words) {

        /** The piece is a special token. */
        public static final int NO_WORD = -1;

        /** Copies the arrays. */
        public Pieces {
            ids = ids.clone();
            words = words.clone();
            if (ids.length != words.length) {
                throw new IllegalArgumentException("pieces: " + ids.length + " ids and " + words.length
                        + " numbers of words; give one for each piece");
            }
        }

        @Override
        public int[] ids() {
            return ids.clone();
        }

        @Override
        public int[] words() {
            return words.clone();
        }

        /**
         * {@return the tags of the pieces: the first piece of a word has the word's tag, all other pieces none (Devlin et
         * al., section 5.3)}
         *
         * @param ofWords the tag of each word
         * @param none what stands for no tag, such as {@code Labels.MISSING}
         * @throws IllegalArgumentException if a word has no tag
         */
        public int[] tags(int[] ofWords, int none) {
            int last = Arrays.stream(words).max().orElse(NO_WORD);
            if (last >= ofWords.length) {
                throw new IllegalArgumentException("pieces: " + ofWords.length + " tags, and a piece of word " + last
                        + ", counted from 0; give one tag for each word");
            }
            int[] tags = new int[words.length];
            Arrays.fill(tags, none);
            for (int piece : firstPieces()) {
                tags[piece] = ofWords[words[piece]];
            }
            return tags;
        }

        /** {@return where each word begins: the numbers of the pieces whose predictions are those of the words; words that were cut off are left out} */
        public int[] firstPieces() {
            return IntStream.range(0, words.length)
                    .filter(i -> words[i] != NO_WORD && (i == 0 || words[i] != words[i - 1]))
                    .toArray();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pieces that && Arrays.equals(ids, that.ids) && Arrays.equals(words, that.words);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(ids) + Arrays.hashCode(words);
        }

        @Override
        public String toString() {
            return "Pieces[ids=" + Arrays.toString(ids) + ", words=" + Arrays.toString(words) + "]";
        }
    }
}
