package io.mtl4j.nn.language;

import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SequenceSource;
import io.mtl4j.nn.data.text.Vocabulary;
import io.mtl4j.nn.data.text.WordCodes;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Sentences as data of a language model, whose labels are the same sentences one word on, and one word back. */
final class SentenceTasks {

    /** What stands behind the last word and before the first: a number that no word has. */
    static final int BORDER = Vocabulary.PADDING;

    private SentenceTasks() {}

    static SequenceSource source(Collection<List<String>> sentences, WordCodes codes) {
        int[][] numbers = codes.vocabulary().encode(sentences);
        return SequenceSource.builder(LanguageModel.TEXT)
                .features(codes.encode(sentences))
                .labels(
                        LanguageModel.NEXT,
                        Labels.tags(
                                Arrays.stream(numbers).map(SentenceTasks::next).toArray(int[][]::new)))
                .labels(
                        LanguageModel.PREVIOUS,
                        Labels.tags(Arrays.stream(numbers)
                                .map(SentenceTasks::previous)
                                .toArray(int[][]::new)))
                .build();
    }

    private static int[] next(int[] words) {
        int[] next = new int[words.length];
        System.arraycopy(words, 1, next, 0, words.length - 1);
        next[words.length - 1] = BORDER;
        return next;
    }

    private static int[] previous(int[] words) {
        int[] previous = new int[words.length];
        System.arraycopy(words, 0, previous, 1, words.length - 1);
        previous[0] = BORDER;
        return previous;
    }
}
