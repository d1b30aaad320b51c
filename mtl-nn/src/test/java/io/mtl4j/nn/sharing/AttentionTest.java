package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slopes;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Attention by tasks to positions, and between tasks. */
class AttentionTest {

    @TempDir
    private Path folder;

    /** One vector of a sequence's steps. */
    private static Trial steps() {
        return new Trial("steps", Shape.sequence(3), Encoders.lstm().units(4).everyStep(), false);
    }

    private static Trial pictures() {
        return new Trial(
                "pictures",
                Shape.image(2, 6, 6),
                Encoders.cnn().activation(Activation.TANH).conv(8, 3).maxPool(2),
                false);
    }

    private static Trial tagger() {
        return new Trial(
                "tagger", Shape.tokens(6), Encoders.lstm().embedding(3).units(4).everyStep(), true);
    }

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(steps(), Sharings.taskAttention(2)),
                Arguments.of(pictures(), Sharings.taskAttention(4)),
                Arguments.of(tagger(), Sharings.taskAttention(2).everyStep()),
                Arguments.of(pictures(), Sharings.care(2)),
                Arguments.of(tagger(), Sharings.care(2)),
                Arguments.of(SharedModels.mlp(), Sharings.care(2)));
    }

    private static Network network(Trial trial, Sharing sharing, DataType type) {
        return SharedModels.model(trial, sharing, type).network();
    }

    private static double[] derivatives(Network network, MultiTaskBatch batch, long at) {
        return Slopes.ofAll(
                () -> network.forward(batch, new Seed(1)).losses(),
                network.store().flat(),
                at);
    }

    /** Each task's gradient, twice after one forward pass; what a task owns reaches no other. */
    @ParameterizedTest
    @MethodSource("models")
    void gradientsAreTheDerivativesOfThoseWhoOwn(Trial trial, Sharing sharing) {
        Network network = network(trial, sharing, DataType.DOUBLE);
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE, "a", "b");
        Gradients gradients = network.newGradients();
        gradients.flat().assign(Double.NaN);
        gradients.jacobian().assign(Double.NaN);
        var pass = network.forward(batch, new Seed(1));
        pass.jacobian(gradients);
        INDArray first = gradients.jacobian().dup();
        pass.jacobian(gradients);
        assertEquals(first, gradients.jacobian());
        for (Parameter p : network.store().layout().parameters()) {
            for (long i = 0; i < p.length(); i += Math.max(1, p.length() / 3)) {
                long at = network.store().layout().offset(p) + i;
                double[] each = derivatives(network, batch, at);
                for (int k = 0; k < 2; k++) {
                    double found = p.owner() == Parameter.SHARED
                            ? gradients.jacobian().getDouble(k, at)
                            : p.owner() == k ? gradients.flat().getDouble(at) : 0;
                    assertEquals(each[k], found, 1e-6 * Math.max(1, Math.abs(found)), p.name() + " for task " + k);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void singlePrecisionAgreesWithDoubleAlsoForOneTask(Trial trial, Sharing sharing) {
        Network fast = network(trial, sharing, DataType.FLOAT);
        Network exact = network(trial, sharing, DataType.DOUBLE);
        exact.store().flat().assign(fast.store().flat().castTo(DataType.DOUBLE));
        for (String[] tasks : List.of(new String[] {"a", "b"}, new String[] {"b"})) {
            INDArray[] found = new INDArray[2];
            for (Network network : List.of(fast, exact)) {
                Gradients gradients = network.newGradients();
                gradients.flat().assign(Double.NaN);
                network.forward(SharedModels.batch(trial, network.type(), tasks), new Seed(2))
                        .weightedGradient(new double[] {1, 1}, gradients);
                found[network == fast ? 0 : 1] = gradients.flat().castTo(DataType.DOUBLE);
            }
            double largest = found[1].amaxNumber().doubleValue();
            assertTrue(largest > 0);
            assertEquals(0, found[0].sub(found[1]).amaxNumber().doubleValue(), 1e-4 * largest, Arrays.toString(tasks));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aLoadedModelGivesTheSameWhateverThePadding(Trial trial, Sharing sharing) {
        MultiTaskModel model = SharedModels.model(trial, sharing, DataType.FLOAT);
        Path file = folder.resolve("model.mtl");
        ModelFiles.save(model, file);
        INDArray features = SharedModels.features(SharedModels.batch(trial, DataType.FLOAT));
        INDArray steps = SharedModels.steps(trial.input(), DataType.FLOAT);
        INDArray before = model.outputs(MultiTaskModel.DEFAULT_INPUT, features, steps)
                .get("a")
                .dup();
        if (steps != null) {
            INDArray padded = features.slice(3).slice(3);
            padded.assign(padded.rank() == 0 ? 5 - padded.getDouble(0) : 7);
        }
        INDArray after = ModelFiles.load(file)
                .outputs(MultiTaskModel.DEFAULT_INPUT, features, steps)
                .get("a");
        assertTrue(before.equalsWithEps(after, 1e-6), sharing.toString());
    }

    private static List<SharingChoice> choices(Trial trial, Sharing sharing) {
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE);
        return network(trial, sharing, DataType.DOUBLE)
                .choices(0, batch.sources().get(MultiTaskModel.DEFAULT_INPUT));
    }

    @Test
    void tasksTellWhatTheyLookAt() {
        List<SharingChoice> ofSteps = choices(steps(), Sharings.taskAttention(2));
        assertEquals(4, ofSteps.get(1).sources().size());
        assertEquals(0, ofSteps.get(1).weights().getDouble(0, 3));
        assertEquals(
                9,
                choices(pictures(), Sharings.taskAttention(2)).get(0).sources().size());
        assertEquals(List.of(), choices(tagger(), Sharings.taskAttention(2).everyStep()));
        List<SharingChoice> ofTasks = choices(tagger(), Sharings.care(2));
        assertEquals(List.of("a", "b", "context"), ofTasks.get(0).sources());
        for (List<SharingChoice> choices : List.of(ofSteps, ofTasks, choices(SharedModels.mlp(), Sharings.care()))) {
            assertArrayEquals(
                    new double[] {1, 1, 1, 1, 1},
                    choices.get(1).weights().sum(1).toDoubleVector(),
                    1e-9);
        }
    }

    @Test
    void whatCannotBeAttendedToIsRefused() {
        assertEquals("task attention: heads = 0; it must be at least 1", refusal(() -> Sharings.taskAttention(0)));
        assertEquals("care: heads = 0; it must be at least 1", refusal(() -> Sharings.care(0)));
        assertEquals(
                "task attention: the encoder \"mlp\" gives vector(4), which has no positions to attend to; end the"
                        + " encoder with everyStep(), or with a layer that gives pictures",
                refusal(() -> network(SharedModels.mlp(), Sharings.taskAttention(1), DataType.FLOAT)));
        assertEquals(
                "task attention: the encoder \"cnn\" gives image(8, 3, 3), which has no steps; end the encoder with"
                        + " everyStep()",
                refusal(() -> network(pictures(), Sharings.taskAttention(2).everyStep(), DataType.FLOAT)));
        assertEquals(
                "task attention: 3 heads for 4 features; the number of heads must divide the number of features",
                refusal(() -> network(steps(), Sharings.taskAttention(3), DataType.FLOAT)));
        assertEquals(
                "care: 3 heads for 4 features; the number of heads must divide the number of features",
                refusal(() -> network(SharedModels.mlp(), Sharings.care(3), DataType.FLOAT)));
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
