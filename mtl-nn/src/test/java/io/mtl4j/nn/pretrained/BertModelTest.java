package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SequenceSource;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whole models on a pretrained encoder: two tasks, training, saving, loading. */
class BertModelTest {

    private static final INDArray IDS = Nd4j.createFromArray(new float[][] {{2, 60, 61, 3}, {2, 62, 3, 0}});
    private static final INDArray MASK = Nd4j.createFromArray(new float[][] {{1, 1, 1, 1}, {1, 1, 1, 0}});

    @TempDir
    private Path folder;

    /** Two tags for each piece: one that the piece tells, and one that the piece before it tells. */
    private static MultiTaskModel tagger(BertEncoder bert) {
        return MultiTaskModel.builder()
                .input("text", bert.input())
                .encoder(bert.everyStep())
                .task(Tasks.tagging("own", 3))
                .task(Tasks.tagging("before", 2))
                .seed(7)
                .build();
    }

    private static MultiTaskData data() {
        int none = Labels.MISSING;
        int[][] ids = new int[40][];
        int[][] own = new int[40][];
        int[][] before = new int[40][];
        for (int i = 0; i < ids.length; i++) {
            int length = 4 + i % 5;
            ids[i] = new int[length];
            own[i] = new int[length];
            before[i] = new int[length];
            for (int t = 0; t < length; t++) {
                boolean special = t == 0 || t == length - 1;
                ids[i][t] = t == 0 ? 2 : special ? 3 : 5 + (i * 7 + t * 11) % 50;
                own[i][t] = special ? none : ids[i][t] % 3;
                before[i][t] = special ? none : ids[i][t - 1] % 2;
            }
        }
        return MultiTaskData.of(SequenceSource.builder("text")
                .tokens(ids)
                .labels("own", Labels.tags(own))
                .labels("before", Labels.tags(before))
                .build());
    }

    private static TrainingResult train(MultiTaskModel model, int epochs) {
        return Trainer.builder(model)
                .aggregation(Aggregations.upGrad())
                .optimizer(new AdamW(0.008, 0.01))
                .layerDecay(0.9)
                .batchSize(10)
                .epochs(epochs)
                .seed(3)
                .build()
                .fit(data());
    }

    private static Map<String, INDArray> parameters(MultiTaskModel model) {
        Map<String, INDArray> found = new HashMap<>();
        for (Parameter p : model.network().store().layout().parameters()) {
            found.put(p.name(), model.network().store().values()[p.index()].dup());
        }
        return found;
    }

    @Test
    void fineTuningTwoTasksLowersBothLossesAndLeavesFrozenStagesAlone() {
        MultiTaskModel model =
                tagger(HuggingFace.bert(Tiny.folder("bert")).freezeFirst(1).dropout(0));
        Map<String, INDArray> before = parameters(model);
        var epochs = train(model, 15).epochs();
        for (String task : List.of("own", "before")) {
            double first = epochs.get(0).trainLosses().get(task);
            double last = epochs.get(14).trainLosses().get(task);
            assertTrue(last < 0.6 * first, task + ": " + first + " became " + last);
        }
        parameters(model).forEach((name, value) -> {
            boolean frozen = name.startsWith("encoder.0.");
            if (!name.endsWith(".body.0.b")) { // of which the keys' part learns nothing, by the nature of a softmax
                assertEquals(frozen, value.equals(before.get(name)), name);
            }
        });
    }

    @Test
    void theSameSeedGivesTheSameModelAndCopiesAreAlike() {
        MultiTaskModel first = tagger(HuggingFace.bert(Tiny.folder("bert")));
        MultiTaskModel second = tagger(HuggingFace.bert(Tiny.folder("bert")));
        train(first, 1);
        train(second, 1);
        assertEquals(first.network().store().flat(), second.network().store().flat());
        assertEquals(first.outputs("text", IDS, MASK), first.copy().outputs("text", IDS, MASK));
    }

    /** The example of the package's description. */
    private static MultiTaskModel assistant(Path folder) {
        BertEncoder bert = HuggingFace.bert(folder).everyStep().freezeFirst(3);
        return MultiTaskModel.builder()
                .input("text", bert.input())
                .encoder(bert)
                .task(Tasks.tagging("slot", 9))
                .seed(7)
                .build();
    }

    @Test
    void theExampleOfThePackageBuilds() {
        assertEquals(
                9,
                assistant(Tiny.folder("bert"))
                        .outputs("text", IDS, MASK)
                        .get("slot")
                        .size(2));
    }

    static Stream<Sharing> sharings() {
        return Stream.of(
                Sharings.hard(),
                Sharings.soft(0.1),
                Sharings.crossStitch(),
                Sharings.hierarchical().tap("one", 1),
                Sharings.mmoe(2),
                Sharings.adapters(3).frozen());
    }

    @ParameterizedTest
    @MethodSource("sharings")
    void aSavedModelNeedsNothingOfTheFolder(Sharing sharing) throws IOException {
        Path source = Files.createDirectory(folder.resolve("bert"));
        BertEncoder bert = HuggingFace.bert(Tiny.copy("bert", source)).pooled();
        MultiTaskModel model = MultiTaskModel.builder()
                .input("text", bert.input())
                .encoder(bert)
                .sharing(sharing)
                .task(Tasks.classification("one", 3))
                .task(Tasks.regression("two", 2))
                .seed(5)
                .build();
        INDArray words =
                Safetensors.open(source.resolve("model.safetensors")).read("bert.embeddings.word_embeddings.weight");
        assertTrue(parameters(model).values().stream().anyMatch(words::equals), "no parameter has the words' vectors");
        Path file = folder.resolve("model.mtl");
        ModelFiles.save(model, file);
        try (Stream<Path> files = Files.list(source)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        MultiTaskModel loaded = ModelFiles.load(file);
        assertEquals(model.network().store().flat(), loaded.network().store().flat());
        assertEquals(model.outputs("text", IDS, MASK), loaded.outputs("text", IDS, MASK));
        BertEncoder found = (BertEncoder) loaded.architecture().encoder();
        assertEquals(bert.config(), found.config());
        assertFalse(found.start().isLearned());
    }
}
