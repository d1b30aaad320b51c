package io.mtl4j.nn.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.text.Vocabulary;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LanguageModelsTest {

    private static final List<List<String>> TEXT = Phrases.sentences(120);
    private static final LanguageModels.Trained TRAINED = LanguageModels.train(TEXT, Phrases.settings());
    private static final LanguageModel MODEL = TRAINED.model();

    /** Any words, with one that was never seen. */
    private static final List<String> SENTENCE = List.of("red", "cats", "often", "drink", "tea");

    private static INDArray parameters(LanguageModel model) {
        return model.model().network().store().flat();
    }

    private static Map<String, INDArray> outputs(List<String> words) {
        INDArray x = Nd4j.createFromArray(MODEL.codes().encode(List.of(words)));
        return MODEL.model().outputs(LanguageModel.TEXT, x, null);
    }

    @Test
    void knowsWhatNeighboursSay() {
        Perplexity learned = TRAINED.heldOut();
        Perplexity frequencies = TRAINED.frequencies();
        assertTrue(learned.next() < 0.5 * frequencies.next(), learned + " against " + frequencies);
        assertTrue(learned.previous() < 0.5 * frequencies.previous(), learned + " against " + frequencies);
        assertTrue(frequencies.next() > 5
                && frequencies.next() < MODEL.codes().vocabulary().size());
        Vocabulary words = MODEL.codes().vocabulary();
        INDArray next = outputs(List.of("blue", "birds", "sing")).get(LanguageModel.NEXT);
        assertEquals(words.number("songs"), next.slice(0).getRow(2).argMax().getInt(0));
        INDArray previous = outputs(List.of("milk")).get(LanguageModel.PREVIOUS);
        assertEquals(1, previous.size(1));
    }

    @Test
    void perplexityIsThatOfTheProbabilities() {
        INDArray next = outputs(List.of("old", "dogs")).get(LanguageModel.NEXT);
        int dogs = MODEL.codes().vocabulary().number("dogs");
        double mean =
                -(Math.log(next.getDouble(0, 0, dogs)) + Math.log(next.getDouble(0, 1, SentenceTasks.BORDER))) / 2;
        assertEquals(
                Math.exp(mean),
                MODEL.perplexity(List.of(List.of("old", "dogs"))).next(),
                1e-4);
    }

    @Test
    void noPredictionSeesTheWordThatItIsAbout() {
        Map<String, INDArray> before = outputs(SENTENCE);
        for (int changed = 0; changed < SENTENCE.size(); changed++) {
            List<String> other = new ArrayList<>(SENTENCE);
            other.set(changed, "songs");
            Map<String, INDArray> after = outputs(other);
            for (int t = 0; t < SENTENCE.size(); t++) {
                assertEquals(t < changed, same(before, after, LanguageModel.NEXT, t), "next " + t);
                assertEquals(t > changed, same(before, after, LanguageModel.PREVIOUS, t), "previous " + t);
            }
        }
    }

    private static boolean same(Map<String, INDArray> a, Map<String, INDArray> b, String task, int step) {
        return a.get(task).slice(0).getRow(step).equals(b.get(task).slice(0).getRow(step));
    }

    @Test
    void labelsAreTheWordsOneOnAndOneBack() {
        List<List<String>> sentences = List.of(List.of("red", "cats", "sing"), List.of("milk"));
        Vocabulary words = MODEL.codes().vocabulary();
        SourceBatch batch =
                SentenceTasks.source(sentences, MODEL.codes()).batch(new int[] {0, 1}, new Seed(0).generator());
        int cats = words.number("cats");
        assertEquals(
                Nd4j.createFromArray(new float[][] {{cats, words.number("sing"), 0}, {0, 0, 0}}),
                batch.labels().get(LanguageModel.NEXT));
        assertEquals(
                Nd4j.createFromArray(new float[][] {{0, words.number("red"), cats}, {0, 0, 0}}),
                batch.labels().get(LanguageModel.PREVIOUS));
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 1, 1}, {1, 0, 0}}), batch.steps());
    }

    @Test
    void aPaddedSentenceGetsTheSamePredictions() {
        INDArray x = Nd4j.concat(
                1,
                Nd4j.createFromArray(MODEL.codes().encode(List.of(SENTENCE))),
                Nd4j.zeros(1, 2, MODEL.codes().shape().features()));
        INDArray steps = Nd4j.createFromArray(new float[][] {{1, 1, 1, 1, 1, 0, 0}});
        Map<String, INDArray> padded = MODEL.model().outputs(LanguageModel.TEXT, x, steps);
        outputs(SENTENCE).forEach((task, output) -> {
            for (int t = 0; t < SENTENCE.size(); t++) {
                assertTrue(
                        output.slice(0)
                                .getRow(t)
                                .equalsWithEps(padded.get(task).slice(0).getRow(t), 1e-6),
                        task);
            }
        });
    }

    @Test
    void theSameSeedGivesTheSameModelAndASavedOneIsTheSame(@TempDir Path folder) {
        assertEquals(
                parameters(MODEL),
                parameters(LanguageModels.train(TEXT, Phrases.settings()).model()));
        MODEL.save(folder.resolve("new"));
        LanguageModel loaded = LanguageModel.load(folder.resolve("new"));
        assertEquals(parameters(MODEL), parameters(loaded));
        assertEquals(MODEL.perplexity(TEXT), loaded.perplexity(TEXT));
        assertEquals(MODEL.model().architecture(), loaded.model().architecture());
        assertEquals(MODEL.embedding(), loaded.embedding());
    }

    @Test
    void refusalsSayTheRule() {
        assertEquals(
                "language model: 1 sentences; give at least two, so that some can be held out",
                message(() -> LanguageModels.train(TEXT.subList(0, 1), Phrases.settings())));
        assertEquals(
                "language model: sentence 1 has no words; leave empty sentences out",
                message(() -> LanguageModels.train(List.of(SENTENCE, List.of()), Phrases.settings())));
        MultiTaskModel other = MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(2))
                .task(Tasks.binary("yes"))
                .build();
        assertTrue(message(() -> new LanguageModel(other, MODEL.codes())).contains("the encoder is \"mlp\""));
        LanguageModelSettings.Builder builder = LanguageModelSettings.builder();
        message(() -> builder.heldOut(0));
        message(() -> builder.heldOut(1));
        message(() -> builder.dropout(1));
        message(() -> builder.units(0));
        message(() -> builder.filters());
        assertEquals(
                "language model: maxCharacters = 2; it must be at least 3", message(() -> builder.maxCharacters(2)));
    }

    private static String message(Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }
}
