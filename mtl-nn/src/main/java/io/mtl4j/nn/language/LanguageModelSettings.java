package io.mtl4j.nn.language;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.text.WordCodes;
import io.mtl4j.nn.encoder.BidirectionalLanguageModel;
import io.mtl4j.nn.layer.CharacterWords;
import io.mtl4j.nn.layer.CharacterWords.Filter;
import java.util.List;

/** How a language model is built and trained. Begin with {@link #builder()}; everything has a default. */
public final class LanguageModelSettings {

    private static final List<Filter> FILTERS =
            List.of(new Filter(1, 16), new Filter(2, 32), new Filter(3, 64), new Filter(4, 64), new Filter(5, 64));

    private final Builder chosen;

    private LanguageModelSettings(Builder chosen) {
        this.chosen = chosen;
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether upper and lower case are one among the words; characters keep their case} */
    public boolean ignoreCase() {
        return chosen.ignoreCase;
    }

    /** {@return how often a word must come to have a number of its own} */
    public int minCount() {
        return chosen.minCount;
    }

    /** {@return how many words have a number of their own, the most frequent ones} */
    public int maxWords() {
        return chosen.maxWords;
    }

    /** {@return numbers of characters of a word, those for begin and end included} */
    public int maxCharacters() {
        return chosen.maxCharacters;
    }

    /** {@return length of a character's vector} */
    public int characterDimensions() {
        return chosen.characterDimensions;
    }

    /** {@return length of the vector that a word has beside its characters; 0 for none} */
    public int wordDimensions() {
        return chosen.wordDimensions;
    }

    /** {@return number of highway layers above the characters} */
    public int highways() {
        return chosen.highways;
    }

    /** {@return features of a word, and units of each LSTM} */
    public int units() {
        return chosen.units;
    }

    /** {@return number of LSTM layers of each direction} */
    public int layers() {
        return chosen.layers;
    }

    /** {@return number of epochs} */
    public int epochs() {
        return chosen.epochs;
    }

    /** {@return sentences in a step} */
    public int batchSize() {
        return chosen.batchSize;
    }

    /** {@return probability of dropping an element before each LSTM} */
    public double dropout() {
        return chosen.dropout;
    }

    /** {@return highest learning rate of the cycle} */
    public double learningRate() {
        return chosen.learningRate;
    }

    /** {@return decoupled weight decay} */
    public double weightDecay() {
        return chosen.weightDecay;
    }

    /** {@return part of the sentences to hold out} */
    public double heldOut() {
        return chosen.heldOut;
    }

    /** {@return the convolutions over characters} */
    public List<Filter> filters() {
        return chosen.filters;
    }

    /** {@return the seed of everything random} */
    public long seed() {
        return chosen.seed;
    }

    BidirectionalLanguageModel encoder(WordCodes codes) {
        CharacterWords words = new CharacterWords(
                codes.characterCount(),
                characterDimensions(),
                filters(),
                wordDimensions() == 0 ? 0 : codes.vocabulary().size(),
                wordDimensions(),
                highways(),
                units());
        return new BidirectionalLanguageModel(words, layers(), dropout());
    }

    /** Collects settings. */
    public static final class Builder {

        private boolean ignoreCase = true;
        private int minCount = 2;
        private int maxWords = 10_000;
        private int maxCharacters = 20;
        private int characterDimensions = 16;
        private int wordDimensions = 32;
        private int highways = 1;
        private int units = 128;
        private int layers = 2;
        private int epochs = 8;
        private int batchSize = 32;
        private double dropout = 0.1;
        private double learningRate = 4e-3;
        private double weightDecay = 0;
        private double heldOut = 0.05;
        private List<Filter> filters = FILTERS;
        private long seed;

        private Builder() {}

        private Builder(Builder other) {
            ignoreCase = other.ignoreCase;
            minCount = other.minCount;
            maxWords = other.maxWords;
            maxCharacters = other.maxCharacters;
            characterDimensions = other.characterDimensions;
            wordDimensions = other.wordDimensions;
            highways = other.highways;
            units = other.units;
            layers = other.layers;
            epochs = other.epochs;
            batchSize = other.batchSize;
            dropout = other.dropout;
            learningRate = other.learningRate;
            weightDecay = other.weightDecay;
            heldOut = other.heldOut;
            filters = other.filters;
            seed = other.seed;
        }

        /**
         * Sets whether upper and lower case are one among the words; characters keep their case.
         *
         * @param value whether they are; true unless set
         * @return this builder
         */
        public Builder ignoreCase(boolean value) {
            ignoreCase = value;
            return this;
        }

        /**
         * Sets how often a word must come to have a number of its own.
         *
         * @param value the count, at least 1; 2 unless set
         * @return this builder
         */
        public Builder minCount(int value) {
            minCount = Require.atLeast("language model: minCount", value, 1);
            return this;
        }

        /**
         * Sets how many words have a number of their own, the most frequent ones.
         *
         * @param value the number, at least 1; 10 000 unless set
         * @return this builder
         */
        public Builder maxWords(int value) {
            maxWords = Require.atLeast("language model: maxWords", value, 1);
            return this;
        }

        /**
         * Sets numbers of characters of a word, those for begin and end included.
         *
         * @param value the number, at least 3; 20 unless set
         * @return this builder
         */
        public Builder maxCharacters(int value) {
            maxCharacters = Require.atLeast("language model: maxCharacters", value, 3);
            return this;
        }

        /**
         * Sets length of a character's vector.
         *
         * @param value the length, at least 1; 16 unless set
         * @return this builder
         */
        public Builder characterDimensions(int value) {
            characterDimensions = Require.atLeast("language model: characterDimensions", value, 1);
            return this;
        }

        /**
         * Sets length of the vector that a word has beside its characters; 0 for none.
         *
         * @param value the length, at least 0; 32 unless set
         * @return this builder
         */
        public Builder wordDimensions(int value) {
            wordDimensions = Require.atLeast("language model: wordDimensions", value, 0);
            return this;
        }

        /**
         * Sets number of highway layers above the characters.
         *
         * @param value the number, at least 0; 1 unless set
         * @return this builder
         */
        public Builder highways(int value) {
            highways = Require.atLeast("language model: highways", value, 0);
            return this;
        }

        /**
         * Sets features of a word, and units of each LSTM.
         *
         * @param value the number, at least 1; 128 unless set
         * @return this builder
         */
        public Builder units(int value) {
            units = Require.atLeast("language model: units", value, 1);
            return this;
        }

        /**
         * Sets number of LSTM layers of each direction.
         *
         * @param value the number, at least 1; 2 unless set
         * @return this builder
         */
        public Builder layers(int value) {
            layers = Require.copies("language model: layers", value, 1);
            return this;
        }

        /**
         * Sets number of epochs.
         *
         * @param value the number, at least 1; 8 unless set
         * @return this builder
         */
        public Builder epochs(int value) {
            epochs = Require.atLeast("language model: epochs", value, 1);
            return this;
        }

        /**
         * Sets sentences in a step.
         *
         * @param value the number, at least 1; 32 unless set
         * @return this builder
         */
        public Builder batchSize(int value) {
            batchSize = Require.atLeast("language model: batchSize", value, 1);
            return this;
        }

        /**
         * Sets probability of dropping an element before each LSTM.
         *
         * @param value the probability, at least 0 and below 1; 0.1 unless set
         * @return this builder
         */
        public Builder dropout(double value) {
            dropout = Require.within("language model: dropout", value, 0, Math.nextDown(1.0));
            return this;
        }

        /**
         * Sets highest learning rate of the cycle.
         *
         * @param value the rate, above 0; 0.004 unless set
         * @return this builder
         */
        public Builder learningRate(double value) {
            learningRate = Require.positive("language model: learningRate", value);
            return this;
        }

        /**
         * Sets decoupled weight decay.
         *
         * @param value the decay, at least 0; 0 unless set
         * @return this builder
         */
        public Builder weightDecay(double value) {
            weightDecay = Require.nonNegative("language model: weightDecay", value);
            return this;
        }

        /**
         * Sets part of the sentences to hold out.
         *
         * @param value the part, above 0 and below 1; 0.05 unless set
         * @return this builder
         */
        public Builder heldOut(double value) {
            heldOut = Require.within("language model: heldOut", value, Double.MIN_VALUE, Math.nextDown(1.0));
            return this;
        }

        /**
         * Sets the convolutions over characters.
         *
         * @param value the filters, at least one; 16 of one character, 32 of two, and 64 each of three, four and five unless
         *     set
         * @return this builder
         */
        public Builder filters(Filter... value) {
            Require.atLeast("language model: number of filters", value.length, 1);
            filters = List.of(value);
            return this;
        }

        /**
         * Sets the seed of everything random.
         *
         * @param value the seed; 0 unless set
         * @return this builder
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** {@return the settings} */
        public LanguageModelSettings build() {
            return new LanguageModelSettings(new Builder(this));
        }
    }
}
