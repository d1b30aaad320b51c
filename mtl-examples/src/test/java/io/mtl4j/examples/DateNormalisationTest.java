package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateNormalisationTest {

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "transformer"})
    void trainsAndAnswers(String decoder) {
        Cli run = Cli.run(
                DateNormalisation.command(),
                "--decoder=" + decoder,
                "--examples=200",
                "--units=16",
                "--epochs=2",
                "--beam=2",
                "--date=3 March 2009");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.out().contains("exact match") && run.out().contains("\"3 March 2009\" is "), run.out());
    }

    @Test
    void datesAreTheSameForTheSameSeedAndOtherDaysAreOthers() {
        Random random = new Random(1);
        DateTexts texts = DateTexts.draw(100, random);
        assertEquals(DateTexts.draw(100, new Random(1)), texts);
        DateTexts others = texts.others(500, random);
        assertEquals(500, others.days().size());
        assertTrue(Collections.disjoint(texts.days(), others.days()));
    }

    @Test
    void textsMeanTheirDays() {
        DateTexts texts = DateTexts.draw(300, new Random(2));
        for (int i = 0; i < 300; i++) {
            LocalDate day = texts.days().get(i);
            String text = texts.texts().get(i);
            assertTrue(text.contains(String.valueOf(day.getDayOfMonth())), text);
            assertTrue(text.contains(String.format("%02d", day.getYear() % 100)), text);
            assertEquals(text.length(), DateTexts.tokens(text).length, "each character is a token");
        }
        assertFalse(texts.source().tasks().isEmpty());
    }

    @Test
    void charactersThatNoDateHasAreLeftOut() {
        assertArrayEquals(DateTexts.tokens("3 mar"), DateTexts.tokens("3 M*a!r"));
    }
}
