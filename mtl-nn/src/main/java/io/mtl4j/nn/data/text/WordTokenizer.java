package io.mtl4j.nn.data.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** See {@link Tokenizer#words()}. */
record WordTokenizer() implements Tokenizer {

    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['\\u2019-][\\p{L}\\p{M}\\p{N}]+)*|[^\\s\\p{C}]");

    @Override
    public List<String> tokenize(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }
}
