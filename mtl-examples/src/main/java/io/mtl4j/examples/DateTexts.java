package io.mtl4j.examples;

import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SequenceSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Dates as people write them, made by chance: the text, the day it means, and how it is written. Characters are tokens.
 *
 * @param texts what people write
 * @param days the days that they mean
 * @param formats the number of the pattern of each, in {@link #PATTERNS}
 */
record DateTexts(List<String> texts, List<LocalDate> days, List<Integer> formats) {

    /** The name of the model input. */
    static final String TEXT = "text";

    /** The task of writing the day as year-month-day. */
    static final String DAY = "day";

    /** The task of telling the pattern. */
    static final String FORMAT = "format";

    /** How people write dates. */
    static final List<String> PATTERNS = List.of(
            "EEEE, d MMMM yyyy",
            "EEE d MMM yyyy",
            "d MMMM yyyy",
            "MMMM d, yyyy",
            "MMM d yyyy",
            "MMMM d yyyy, EEEE",
            "d/M/yy",
            "dd/MM/yyyy",
            "d.M.yyyy",
            "yyyyMMdd",
            "d-MMM-yyyy");

    /** The characters of answers; each token is the place of its character. */
    static final String ANSWER = "0123456789-";

    private static final String CHARACTERS = " ,./-0123456789abcdefghijklmnopqrstuvwxyz";
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final int DAYS = 60 * 365; // two digits of a year tell the century

    /**
     * {@return some texts}
     *
     * @param count how many
     * @param random where chance comes from
     */
    static DateTexts draw(int count, Random random) {
        return draw(count, random, Set.of());
    }

    /**
     * {@return some texts of other days}
     *
     * @param count how many
     * @param random where chance comes from
     */
    DateTexts others(int count, Random random) {
        return draw(count, random, Set.copyOf(days));
    }

    private static DateTexts draw(int count, Random random, Set<LocalDate> except) {
        List<LocalDate> days = random.ints(0, DAYS)
                .mapToObj(FIRST::plusDays)
                .filter(day -> !except.contains(day))
                .limit(count)
                .toList();
        List<Integer> formats = random.ints(count, 0, PATTERNS.size()).boxed().toList();
        List<String> texts = IntStream.range(0, count)
                .mapToObj(i -> DateTimeFormatter.ofPattern(PATTERNS.get(formats.get(i)), Locale.ENGLISH)
                        .format(days.get(i)))
                .toList();
        return new DateTexts(texts, days, formats);
    }

    /** {@return the number of different characters of texts} */
    static int characters() {
        return CHARACTERS.length();
    }

    /**
     * {@return the tokens of a text; characters that no text has are left out}
     *
     * @param text the text
     */
    static int[] tokens(String text) {
        return text.toLowerCase(Locale.ENGLISH)
                .chars()
                .map(CHARACTERS::indexOf)
                .filter(c -> c >= 0)
                .toArray();
    }

    /** {@return these texts with the labels of both tasks} */
    SequenceSource source() {
        return SequenceSource.builder(TEXT)
                .tokens(texts.stream().map(DateTexts::tokens).toArray(int[][]::new))
                .labels(
                        DAY,
                        Labels.sequences(days.stream()
                                .map(day -> day.toString()
                                        .chars()
                                        .map(ANSWER::indexOf)
                                        .toArray())
                                .toArray(int[][]::new)))
                .labels(
                        FORMAT,
                        Labels.classes(
                                formats.stream().mapToInt(Integer::intValue).toArray()))
                .build();
    }
}
