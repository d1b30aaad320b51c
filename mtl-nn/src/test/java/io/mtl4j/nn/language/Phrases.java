package io.mtl4j.nn.language;

import io.mtl4j.nn.layer.CharacterWords.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A small language in which a word says a lot about its neighbours. */
final class Phrases {

    private static final String[][] SUBJECTS = {{"red", "cats"}, {"old", "dogs"}, {"blue", "birds"}};
    private static final String[][] PREDICATES = {{"drink", "milk"}, {"chase", "sticks"}, {"sing", "songs"}};

    private Phrases() {}

    static List<List<String>> sentences(int count) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        List<List<String>> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(3);
            List<String> words = new ArrayList<>(List.of(SUBJECTS[kind]));
            if (random.nextBoolean()) {
                words.add("often");
            }
            words.addAll(List.of(PREDICATES[kind]));
            sentences.add(words);
        }
        return sentences;
    }

    static LanguageModelSettings settings() {
        return LanguageModelSettings.builder()
                .minCount(1)
                .maxCharacters(8)
                .characterDimensions(4)
                .filters(new Filter(1, 4), new Filter(2, 8))
                .wordDimensions(4)
                .units(12)
                .epochs(6)
                .batchSize(8)
                .learningRate(0.02)
                .heldOut(0.2)
                .seed(3)
                .build();
    }
}
