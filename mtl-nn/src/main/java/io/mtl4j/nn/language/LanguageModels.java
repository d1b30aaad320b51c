package io.mtl4j.nn.language;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.text.Vocabulary;
import io.mtl4j.nn.data.text.WordCodes;
import io.mtl4j.nn.encoder.BidirectionalLanguageModel;
import io.mtl4j.nn.head.WordHead;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.GradientClipping;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.schedule.LearningRate;
import java.util.List;
import java.util.stream.IntStream;

/** Trains bidirectional language models. */
public final class LanguageModels {

    private static final double WARM_UP = 0.2;
    private static final double FIRST_RATE = 0.1;
    private static final double LAST_RATE = 0.01;
    private static final double LARGEST_NORM = 5;

    private LanguageModels() {}

    /**
     * Trains a language model as a model of two tasks, "next word" and "previous word", whose common part is how words are
     * read from their characters. A part of the sentences is held out; the best epoch by them is kept.
     *
     * @param sentences words of each sentence, at least two sentences of at least one word each
     * @param settings how
     * @param listeners who is told of the training
     * @return the model and how well it does
     * @throws IllegalArgumentException if there are fewer than two sentences, or one is empty
     */
    public static Trained train(
            List<List<String>> sentences, LanguageModelSettings settings, TrainingListener... listeners) {
        check(sentences);
        Split split = Splits.holdOut(sentences.size(), settings.heldOut(), settings.seed());
        List<List<String>> known = choose(sentences, split.train());
        List<List<String>> heldOut = choose(sentences, split.test());
        Vocabulary words = Vocabulary.builder()
                .ignoreCase(settings.ignoreCase())
                .minCount(settings.minCount())
                .maxWords(settings.maxWords())
                .fit(known);
        WordCodes codes = WordCodes.fit(words, known, settings.maxCharacters());
        MultiTaskModel model = model(codes, settings);
        TrainingResult result = trainer(model, settings, listeners)
                .build()
                .fit(
                        MultiTaskData.of(SentenceTasks.source(known, codes)),
                        MultiTaskData.of(SentenceTasks.source(heldOut, codes)));
        LanguageModel language = new LanguageModel(model, codes);
        return new Trained(
                language, language.perplexity(heldOut), new WordFrequencies(words, known).perplexity(heldOut), result);
    }

    private static void check(List<List<String>> sentences) {
        if (sentences.size() < 2) {
            throw new IllegalArgumentException("language model: " + sentences.size()
                    + " sentences; give at least two, so that some can be held out");
        }
        for (int i = 0; i < sentences.size(); i++) {
            if (sentences.get(i).isEmpty()) {
                throw new IllegalArgumentException(
                        "language model: sentence " + i + " has no words; leave empty sentences out");
            }
        }
    }

    private static TrainerBuilder trainer(
            MultiTaskModel model, LanguageModelSettings settings, TrainingListener... listeners) {
        TrainerBuilder trainer = Trainer.builder(model)
                .optimizer(new AdamW(settings.learningRate(), settings.weightDecay()))
                .learningRate(LearningRate.oneCycle(WARM_UP, FIRST_RATE, LAST_RATE))
                .clipping(GradientClipping.norm(LARGEST_NORM))
                .epochs(settings.epochs())
                .batchSize(settings.batchSize())
                .seed(settings.seed());
        for (TrainingListener listener : listeners) {
            trainer.listener(listener);
        }
        return trainer;
    }

    private static List<List<String>> choose(List<List<String>> sentences, int[] numbers) {
        return IntStream.of(numbers).mapToObj(sentences::get).toList();
    }

    private static MultiTaskModel model(WordCodes codes, LanguageModelSettings settings) {
        BidirectionalLanguageModel encoder = settings.encoder(codes);
        int words = codes.vocabulary().size();
        int features = encoder.words().dimensions();
        return MultiTaskModel.builder()
                .input(LanguageModel.TEXT, codes.shape())
                .encoder(encoder)
                .task(new WordHead(LanguageModel.NEXT, words, encoder.nextFrom(), features))
                .task(new WordHead(LanguageModel.PREVIOUS, words, encoder.previousFrom(), features))
                .seed(settings.seed())
                .build();
    }

    /**
     * A language model and how well it does.
     *
     * @param model the model
     * @param heldOut its perplexity on the sentences that were held out
     * @param frequencies the perplexity on them of a model that knows only how often each word comes; what a language model
     *     learned of context is how far it is below that
     * @param training how the training went
     */
    public record Trained(LanguageModel model, Perplexity heldOut, Perplexity frequencies, TrainingResult training) {}
}
