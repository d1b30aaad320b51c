package io.mtl4j.nn.language;

import io.mtl4j.nn.data.text.Vocabulary;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The model that every language model must beat: words come by how often they came in training, whatever stands around them.
 * One is added to each count, so that no word is impossible.
 */
final class WordFrequencies {

    private final Vocabulary vocabulary;
    private final double[] counts;
    private double total;

    WordFrequencies(Vocabulary vocabulary, Collection<List<String>> sentences) {
        this.vocabulary = vocabulary;
        this.counts = new double[vocabulary.size()];
        Arrays.fill(counts, 1);
        total = counts.length;
        for (int[] words : vocabulary.encode(sentences)) {
            for (int word : words) {
                counts[word]++;
            }
            counts[SentenceTasks.BORDER]++;
            total += words.length + 1;
        }
    }

    /** The perplexity on what {@link SentenceTasks} ask for. */
    Perplexity perplexity(Collection<List<String>> sentences) {
        double next = 0;
        double previous = 0;
        long steps = 0;
        for (int[] words : vocabulary.encode(sentences)) {
            double all = surprise(SentenceTasks.BORDER);
            for (int word : words) {
                all += surprise(word);
            }
            next += all - surprise(words[0]);
            previous += all - surprise(words[words.length - 1]);
            steps += words.length;
        }
        return new Perplexity(Math.exp(next / steps), Math.exp(previous / steps));
    }

    private double surprise(int word) {
        return -Math.log(counts[word] / total);
    }
}
