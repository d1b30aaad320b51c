package io.mtl4j.nn.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SequenceSource;
import io.mtl4j.nn.encoder.ContextualEmbedding;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.Stems;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterStore;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A language model as the input of another model. */
class ContextualModelTest {

    private static final List<List<String>> TEXT = Phrases.sentences(30);
    private static final LanguageModel LANGUAGE =
            LanguageModels.train(TEXT, Phrases.settings()).model();
    private static final String STEM = "stem:text.language.";

    private static MultiTaskModel model(ContextualEmbedding embedding) {
        return MultiTaskModel.builder()
                .input("text", LANGUAGE.codes().shape(), Stems.contextual(embedding))
                .encoder(Encoders.lstm().units(5).everyStep())
                .task(Tasks.tagging("verb", 2))
                .task(Tasks.classification("animal", 3))
                .seed(4)
                .build();
    }

    private static MultiTaskData data() {
        List<String> verbs = List.of("drink", "chase", "sing");
        return MultiTaskData.of(SequenceSource.builder("text")
                .features(LANGUAGE.codes().encode(TEXT))
                .labels(
                        "verb",
                        Labels.tags(TEXT.stream()
                                .map(words -> words.stream()
                                        .mapToInt(word -> verbs.contains(word) ? 1 : 0)
                                        .toArray())
                                .toArray(int[][]::new)))
                .labels(
                        "animal",
                        Labels.classes(TEXT.stream()
                                .mapToInt(words -> verbs.indexOf(words.get(words.size() - 2)))
                                .toArray()))
                .build());
    }

    private static MultiTaskModel trained(ContextualEmbedding embedding) {
        MultiTaskModel model = model(embedding);
        Trainer.builder(model)
                .optimizer(new AdamW(1e-2, 0.1))
                .epochs(2)
                .batchSize(10)
                .build()
                .fit(data());
        return model;
    }

    @Test
    void aModelStartsWithWhatWasLearned() {
        ParameterStore language = LANGUAGE.model().network().store();
        ParameterStore store = model(LANGUAGE.embedding()).network().store();
        int found = 0;
        for (Parameter p : store.layout().parameters()) {
            if (p.name().startsWith(STEM)) {
                String name = "encoder." + p.name().substring(STEM.length());
                Parameter source = language.layout().parameters().stream()
                        .filter(q -> q.name().equals(name))
                        .findFirst()
                        .orElseThrow();
                assertEquals(language.values()[source.index()], store.values()[p.index()], name);
                found++;
            }
        }
        assertTrue(found > 10);
    }

    @Test
    void frozenParametersStayAndTunedOnesChange() {
        for (boolean frozen : new boolean[] {true, false}) {
            ContextualEmbedding embedding = frozen ? LANGUAGE.embedding().freeze() : LANGUAGE.embedding();
            ParameterStore before = model(embedding).network().store();
            ParameterStore after = trained(embedding).network().store();
            for (Parameter p : before.layout().parameters()) {
                boolean kept = frozen && p.name().startsWith(STEM);
                assertEquals(kept, before.values()[p.index()].equals(after.values()[p.index()]), p.name());
                assertEquals(kept, !p.trained(), p.name());
            }
        }
    }

    @Test
    void aSavedModelNeedsNothingOfTheLanguageModel(@TempDir Path folder) throws IOException {
        INDArray x = Nd4j.createFromArray(LANGUAGE.codes().encode(List.of(List.of("old", "dogs", "chase"))));
        for (ContextualEmbedding embedding :
                List.of(LANGUAGE.embedding(), LANGUAGE.embedding().freeze())) {
            MultiTaskModel model = trained(embedding);
            Path file = folder.resolve("model.mtl");
            ModelFiles.save(model, file);
            MultiTaskModel loaded = ModelFiles.load(file);
            assertEquals(model.outputs("text", x, null), loaded.outputs("text", x, null));
            assertEquals(
                    model.network().store().layout().trainedLength(),
                    loaded.network().store().layout().trainedLength());
            try (ZipFile zip = new ZipFile(file.toFile())) {
                long description = zip.getEntry("architecture.json").getSize();
                assertTrue(description < 8000, "description of " + description + " bytes");
            }
            Files.delete(file);
        }
    }

    @Test
    void theSameSeedGivesTheSameModel() {
        INDArray first = trained(LANGUAGE.embedding()).network().store().flat();
        assertEquals(first, trained(LANGUAGE.embedding()).network().store().flat());
        INDArray frozen =
                trained(LANGUAGE.embedding().freeze()).network().store().flat();
        assertFalse(first.equals(frozen));
        assertNotEquals(LANGUAGE.embedding(), LANGUAGE.embedding().freeze());
    }
}
