package io.mtl4j.nn.data.text;

import io.mtl4j.internal.Require;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Words and their numbers: 0 fills short sequences up, 1 stands for unknown words, the words seen in training follow, most
 * frequent first. Made from the training part, and kept with the model.
 */
public final class Vocabulary {

    /** The number that fills short sequences up. */
    public static final int PADDING = 0;

    /** The number of all unknown words. */
    public static final int UNKNOWN = 1;

    private final List<String> words;
    private final boolean ignoreCase;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * Sets the words, as when a model is loaded; to make a vocabulary, see {@link #builder}.
     *
     * @param words the words with numbers 2, 3, ...
     * @param ignoreCase whether upper and lower case are one; words must then be in lower case
     * @throws IllegalArgumentException if a word is there twice, or not in lower case
     */
    public Vocabulary(List<String> words, boolean ignoreCase) {
        this.words = List.copyOf(words);
        this.ignoreCase = ignoreCase;
        for (String word : words) {
            if (!normalize(word).equals(word)) {
                throw new IllegalArgumentException(
                        "vocabulary: word \"" + word + "\"; where case is ignored, words must be in lower case");
            }
            if (numbers.put(word, UNKNOWN + 1 + numbers.size()) != null) {
                throw new IllegalArgumentException("vocabulary: word \"" + word + "\" is there twice; give it once");
            }
        }
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the words with numbers 2, 3, ...} */
    public List<String> words() {
        return words;
    }

    /** {@return whether upper and lower case are one} */
    public boolean ignoreCase() {
        return ignoreCase;
    }

    /** {@return the number of numbers, those for padding and unknown words included} */
    public int size() {
        return words.size() + 2;
    }

    /**
     * {@return the number of a word, {@link #UNKNOWN} if it is none of the vocabulary}
     *
     * @param word the word
     */
    public int number(String word) {
        return numbers.getOrDefault(normalize(word), UNKNOWN);
    }

    /**
     * {@return the numbers of the words of sentences {@code [sentences][time]}}
     *
     * @param sentences words of each sentence
     */
    public int[][] encode(Collection<List<String>> sentences) {
        return sentences.stream()
                .map(sentence -> sentence.stream().mapToInt(this::number).toArray())
                .toArray(int[][]::new);
    }

    private String normalize(String word) {
        return ignoreCase ? word.toLowerCase(Locale.ROOT) : word;
    }

    /** Says which words of the training part to take. */
    public static final class Builder {

        private boolean ignoreCase;
        private int minCount = 1;
        private int maxWords = Integer.MAX_VALUE;

        private Builder() {}

        /**
         * Sets whether upper and lower case are one; the default is not.
         *
         * @param value whether they are
         * @return this builder
         */
        public Builder ignoreCase(boolean value) {
            ignoreCase = value;
            return this;
        }

        /**
         * Leaves rare words out, so that training meets unknown words; the default is to take all.
         *
         * @param value how often a word must occur, at least 1
         * @return this builder
         */
        public Builder minCount(int value) {
            minCount = Require.atLeast("vocabulary: minCount", value, 1);
            return this;
        }

        /**
         * Takes the most frequent words only; the default is to take all.
         *
         * @param value how many words, at least 1
         * @return this builder
         */
        public Builder maxWords(int value) {
            maxWords = Require.atLeast("vocabulary: maxWords", value, 1);
            return this;
        }

        /**
         * {@return the vocabulary of some sentences; words that occur equally often are in the order of their characters}
         *
         * @param sentences words of each sentence of the training part
         */
        public Vocabulary fit(Collection<List<String>> sentences) {
            Map<String, Integer> counts = new HashMap<>();
            for (List<String> sentence : sentences) {
                for (String word : sentence) {
                    counts.merge(ignoreCase ? word.toLowerCase(Locale.ROOT) : word, 1, Integer::sum);
                }
            }
            List<String> words = counts.entrySet().stream()
                    .filter(entry -> entry.getValue() >= minCount)
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(maxWords)
                    .map(Map.Entry::getKey)
                    .toList();
            return new Vocabulary(words, ignoreCase);
        }
    }
}
