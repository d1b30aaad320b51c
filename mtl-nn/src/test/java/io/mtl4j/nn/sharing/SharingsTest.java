package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SharingsTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> everyEncoder() {
        return AllSharings.with(SharedModels.all());
    }

    private static Map<String, INDArray> outputs(MultiTaskModel model, Trial trial) {
        MultiTaskBatch batch = SharedModels.batch(trial, model.network().type(), "a", "b");
        return new TreeMap<>(model.outputs(
                MultiTaskModel.DEFAULT_INPUT,
                SharedModels.features(batch),
                SharedModels.steps(trial.input(), model.network().type())));
    }

    /** Owners of the parameters whose names begin so, by the first part of the rest. */
    private static Map<String, Integer> owners(Sharing sharing) {
        Map<String, Integer> owners = new TreeMap<>();
        Network network =
                SharedModels.model(SharedModels.mlp(), sharing, DataType.FLOAT).network();
        for (Parameter p : network.store().layout().parameters()) {
            String name = p.name();
            if (name.startsWith("encoder.")) {
                owners.put(name.substring("encoder.".length()).replaceAll("\\.[0-9]+\\.[Wb]$", ""), p.owner());
            }
        }
        return owners;
    }

    @ParameterizedTest
    @MethodSource("everyEncoder")
    void aLoadedModelPredictsTheSame(Trial trial, Sharing sharing) {
        MultiTaskModel model = SharedModels.model(trial, sharing, DataType.FLOAT);
        Path file = folder.resolve("model.mtl");
        ModelFiles.save(model, file);
        MultiTaskModel loaded = ModelFiles.load(file);
        assertEquals(model.architecture(), loaded.architecture());
        Map<String, INDArray> outputs = outputs(model, trial);
        assertEquals(outputs, outputs(loaded, trial));
        assertArrayEquals(new long[] {SharedModels.BATCH, 2}, outputs.get("a").shape());
        assertEquals(trial.everyStep() ? 3 : 2, outputs.get("b").rank());
    }

    @Test
    void oneExpertIsHardSharing() {
        for (Trial trial : SharedModels.all()) {
            MultiTaskModel hard = SharedModels.model(trial, Sharings.hard(), DataType.FLOAT);
            MultiTaskModel one = SharedModels.model(trial, Sharings.mmoe(1), DataType.FLOAT);
            for (MultiTaskModel model : List.of(hard, one)) {
                Network network = model.network();
                Gradients gradients = network.newGradients();
                network.forward(SharedModels.batch(trial, DataType.FLOAT, "a", "b"), new Seed(2))
                        .weightedGradient(new double[] {1, 2}, gradients);
                network.store().flat().subi(gradients.flat().mul(0.1));
            }
            assertEquals(hard.network().store().flat(), one.network().store().flat());
            assertEquals(outputs(hard, trial), outputs(one, trial));
        }
    }

    /** With all experts alike, their mixture is each of them, whatever the gates say. */
    @Test
    void mixturesOfEqualExpertsAreTheExpert() {
        for (Trial trial : List.of(SharedModels.mlp(), SharedModels.tagger(), SharedModels.sequence())) {
            Map<String, INDArray> hard = outputs(equal(trial, Sharings.hard()), trial);
            Stream.of(Sharings.mmoe(3), Sharings.cgc(2, 2), Sharings.dselectK(4, 2))
                    .forEach(sharing -> {
                        Map<String, INDArray> mixed = outputs(equal(trial, sharing), trial);
                        hard.forEach(
                                (task, expected) -> assertTrue(expected.equalsWithEps(mixed.get(task), 1e-12), task));
                    });
        }
    }

    /** A model in double precision whose parameters depend only on what they are, not on whose copy they belong to. */
    private static MultiTaskModel equal(Trial trial, Sharing sharing) {
        MultiTaskModel model = SharedModels.model(trial, sharing, DataType.DOUBLE);
        Network network = model.network();
        for (Parameter p : network.store().layout().parameters()) {
            String plain = p.name().replaceAll("(task:.\\.)?expert[0-9]+\\.", "");
            INDArray values = network.store().values()[p.index()];
            for (long i = 0; i < values.length(); i++) {
                values.putScalar(i, Math.sin(plain.hashCode() % 1000 + i * 1.7));
            }
        }
        return model;
    }

    @Test
    void paddingDoesNotMatter() {
        for (Trial trial : List.of(SharedModels.tagger(), SharedModels.sequence())) {
            AllSharings.all().forEach(sharing -> {
                MultiTaskModel model = SharedModels.model(trial, sharing, DataType.FLOAT);
                Map<String, INDArray> before = outputs(model, trial);
                INDArray features = SharedModels.features(SharedModels.batch(trial, DataType.FLOAT, "a"));
                INDArray padded = features.slice(3).slice(3);
                padded.assign(padded.rank() == 0 ? 5 - padded.getDouble(0) : 7);
                INDArray after = model.outputs(
                                MultiTaskModel.DEFAULT_INPUT,
                                features,
                                SharedModels.steps(trial.input(), DataType.FLOAT))
                        .get("a");
                assertTrue(before.get("a").equalsWithEps(after, 1e-6), sharing.toString());
            });
        }
    }

    @Test
    void expertsBelongToThoseWhoseLossesTheyReach() {
        int all = Parameter.SHARED;
        assertEquals(
                Map.of("expert0", all, "expert1", all, "task:a.gate", 0, "task:b.gate", 1), owners(Sharings.mmoe(2)));
        assertEquals(
                Map.of(
                        "expert0", all,
                        "task:a.expert0", 0,
                        "task:a.gate", 0,
                        "task:b.expert0", 1,
                        "task:b.gate", 1),
                owners(Sharings.cgc(1, 1)));
        assertEquals(
                Map.of(
                        "level1.expert0", all,
                        "level1.task:a.expert0", all,
                        "level1.task:b.expert0", all,
                        "level1.task:a.gate", 0,
                        "level1.task:b.gate", 1,
                        "level1.gate", all),
                ownersBelow("level1", Sharings.ple(1, 1)));
        assertEquals(
                Map.of(
                        "level2.expert0", all,
                        "level2.task:a.expert0", 0,
                        "level2.task:b.expert0", 1,
                        "level2.task:a.gate", 0,
                        "level2.task:b.gate", 1),
                ownersBelow("level2", Sharings.ple(1, 1)));
    }

    private static Map<String, Integer> ownersBelow(String level, Sharing sharing) {
        Map<String, Integer> owners = new TreeMap<>(owners(sharing));
        owners.keySet().removeIf(name -> !name.startsWith(level));
        return owners;
    }

    @Test
    void gatesOfTokensHaveAScoreForEachTokenAndExpert() {
        Network network = SharedModels.model(SharedModels.tagger(), Sharings.mmoe(3), DataType.FLOAT)
                .network();
        Parameter gate = network.store().layout().parameters().stream()
                .filter(p -> p.name().startsWith("encoder.task:a.gate"))
                .findFirst()
                .orElseThrow();
        assertArrayEquals(new long[] {((Shape.Tokens) SharedModels.tagger().input()).vocabulary(), 3}, gate.shape());
    }

    @Test
    void numbersOfExpertsAreChecked() {
        assertEquals("mmoe: experts = 0; it must be at least 1", refusal(() -> Sharings.mmoe(0)));
        assertEquals("mmoe: experts = 2000; it must be at most 1024", refusal(() -> Sharings.mmoe(2000)));
        assertEquals("cgc: sharedExperts = 0; it must be at least 1", refusal(() -> Sharings.cgc(0, 1)));
        assertEquals("cgc: taskExperts = 0; it must be at least 1", refusal(() -> Sharings.cgc(1, 0)));
        assertEquals("ple: sharedExperts = 0; it must be at least 1", refusal(() -> Sharings.ple(0, 1)));
        assertEquals("ple: taskExperts = 0; it must be at least 1", refusal(() -> Sharings.ple(1, 0)));
        assertEquals("ple: levels = 0; it must be at least 1", refusal(() -> Sharings.ple(1, 1, 0)));
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
