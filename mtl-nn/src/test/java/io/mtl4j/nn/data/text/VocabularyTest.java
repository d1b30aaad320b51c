package io.mtl4j.nn.data.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static final List<List<String>> TRAIN =
            List.of(List.of("The", "cat", "sees", "the", "dog"), List.of("the", "dog", "SEES", "it"));

    @Test
    void numbersWordsByFrequencyThenByCharacters() {
        Vocabulary words = Vocabulary.builder().ignoreCase(true).fit(TRAIN);
        assertEquals(List.of("the", "dog", "sees", "cat", "it"), words.words());
        assertEquals(7, words.size());
        assertArrayEquals(
                new int[][] {{2, 5, Vocabulary.UNKNOWN}, {}},
                words.encode(List.of(List.of("THE", "Cat", "bird"), List.of())));
    }

    @Test
    void caseCountsUnlessIgnored() {
        Vocabulary words = Vocabulary.builder().fit(TRAIN);
        assertEquals(Vocabulary.UNKNOWN, words.number("CAT"));
        assertEquals(2, words.number("dog"));
        assertEquals(3, words.number("the"));
    }

    @Test
    void leavesRareWordsOut() {
        Vocabulary.Builder builder = Vocabulary.builder().ignoreCase(true).minCount(2);
        assertEquals(List.of("the", "dog", "sees"), builder.fit(TRAIN).words());
        assertEquals(List.of("the", "dog"), builder.maxWords(2).fit(TRAIN).words());
    }

    @Test
    void canBeMadeAgainFromItsWords() {
        Vocabulary first = Vocabulary.builder().ignoreCase(true).fit(TRAIN);
        Vocabulary again = new Vocabulary(first.words(), first.ignoreCase());
        assertArrayEquals(first.encode(TRAIN), again.encode(TRAIN));
    }

    @Test
    void badValuesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Vocabulary(List.of("a", "a"), false));
        assertThrows(IllegalArgumentException.class, () -> new Vocabulary(List.of("A"), true));
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.builder().minCount(0));
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.builder().maxWords(0));
    }

    @Test
    void textsAreSplitIntoWordsAndSigns() {
        assertEquals(
                List.of("It", "doesn't", "cost", "$", "3", ".", "50", ",", "na\u00efve", "well-known", "\u2026"),
                Tokenizer.words().tokenize(" It doesn't cost $3.50, na\u00efve\twell-known\u2026\n"));
        assertEquals(List.of(), Tokenizer.words().tokenize(" \u0000\n"));
    }
}
