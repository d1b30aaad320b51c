package io.mtl4j.nn.language;

/**
 * How many equally likely words a language model chooses among, so to say: {@code exp} of the mean of {@code -log p} over
 * the words it predicts.
 *
 * @param next of each next word and of the end of a sentence, given the words before
 * @param previous of each word before and of the beginning of a sentence, given the words behind
 */
public record Perplexity(double next, double previous) {}
