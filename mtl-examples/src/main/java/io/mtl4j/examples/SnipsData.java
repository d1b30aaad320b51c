package io.mtl4j.examples;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.nn.data.AugmentedSource;
import io.mtl4j.nn.data.ClassNames;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.SequenceSource;
import io.mtl4j.nn.data.text.ConllReader;
import io.mtl4j.nn.data.text.Sentence;
import io.mtl4j.nn.data.text.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sentences of {@link SnipsIntentSlots}, split for training, validation and test.
 *
 * @param vocabulary the words of the training part; rare ones count as unknown
 * @param intents the intents in the order of their numbers
 * @param slots the tags in the order of their numbers
 * @param train the training part, some of its words hidden
 * @param validation a tenth of the training file, held out
 * @param test the test file
 */
record SnipsData(
        Vocabulary vocabulary,
        ClassNames intents,
        ClassNames slots,
        DataSource train,
        DataSource validation,
        DataSource test) {

    /** The input: the words of a sentence. */
    static final String TEXT = "text";

    /** The task that says what a sentence asks for. */
    static final String INTENT = "intent";

    /** The task that tags the words that fill a slot of the request. */
    static final String SLOT = "slot";

    private static final int RARE = 2;
    private static final double HELD_OUT = 0.1;

    /**
     * Reads the two files.
     *
     * @param limit use at most so many sentences of each; 0 for all
     * @param wordDropout the part of the words to hide in training
     */
    static SnipsData read(Path trainFile, Path testFile, int limit, double wordDropout, long seed) {
        List<Sentence> all = ConllReader.read(trainFile, SLOT);
        ClassNames intents = ClassNames.of(intents(all));
        ClassNames slots =
                ClassNames.of(all.stream().flatMap(s -> s.tags(SLOT).stream()).toList());
        List<Sentence> learnable = limit(all, limit, intents, seed);
        Split split = Splits.stratifiedHoldOut(numbers(learnable, intents), HELD_OUT, seed);
        List<Sentence> train = choose(learnable, split.train());
        Vocabulary vocabulary = Vocabulary.builder()
                .ignoreCase(true)
                .minCount(RARE)
                .fit(train.stream().map(Sentence::tokens).toList());
        DataSource clean = source(train, vocabulary, intents, slots);
        List<Sentence> test = limit(ConllReader.read(testFile, SLOT), limit, intents, seed);
        return new SnipsData(
                vocabulary,
                intents,
                slots,
                new AugmentedSource(clean, new WordDropout(wordDropout, Vocabulary.UNKNOWN)),
                source(choose(learnable, split.test()), vocabulary, intents, slots),
                source(test, vocabulary, intents, slots));
    }

    private static DataSource source(
            List<Sentence> sentences, Vocabulary vocabulary, ClassNames intents, ClassNames slots) {
        return SequenceSource.builder(TEXT)
                .tokens(vocabulary.encode(
                        sentences.stream().map(Sentence::tokens).toList()))
                .labels(INTENT, intents.labels(intents(sentences)))
                .labels(
                        SLOT,
                        slots.tags(sentences.stream().map(s -> s.tags(SLOT)).toList()))
                .build();
    }

    /** The intent of each sentence. */
    static List<String> intents(List<Sentence> sentences) {
        return sentences.stream().map(s -> s.property(INTENT)).toList();
    }

    private static int[] numbers(List<Sentence> sentences, ClassNames intents) {
        return intents(sentences).stream().mapToInt(intents::number).toArray();
    }

    /** At most so many of the sentences, with intents in the same proportions; all of them if the limit is 0. */
    static List<Sentence> limit(List<Sentence> sentences, int limit, ClassNames intents, long seed) {
        if (limit == 0 || limit >= sentences.size()) {
            return sentences;
        }
        double part = (double) limit / sentences.size();
        return choose(
                sentences,
                Splits.stratifiedHoldOut(numbers(sentences, intents), part, seed)
                        .test());
    }

    private static List<Sentence> choose(List<Sentence> sentences, int[] indices) {
        return IntStream.of(indices).mapToObj(sentences::get).toList();
    }
}
