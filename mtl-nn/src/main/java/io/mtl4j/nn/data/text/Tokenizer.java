package io.mtl4j.nn.data.text;

import java.util.List;

/** Splits a text into words. Implementations must be safe to use from several threads. */
@FunctionalInterface
public interface Tokenizer {

    /**
     * {@return the words of a text}
     *
     * @param text the text
     */
    List<String> tokenize(String text);

    /**
     * {@return a tokenizer that takes runs of letters and digits as words, also with an apostrophe or a dash inside, and
     * every other visible character as a word of its own}
     */
    static Tokenizer words() {
        return new WordTokenizer();
    }
}
