package io.mtl4j.nn.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerRun;
import io.mtl4j.nn.layer.Masks;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SequenceEncodersTest {

    private static final INDArray X = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, 3);
    private static final INDArray IDS =
            Nd4j.createFromArray(new double[][] {{1, 0, 3, 0, 0}, {0, 0, 4, 3, 2}, {5, 0, 0, 1, 2}, {1, 1, 2, 5, 3}});

    static Stream<Encoder> encoders() {
        return Stream.concat(lstms().stream(), transformers().stream());
    }

    static List<LstmEncoder> lstms() {
        LstmEncoder lstm = Encoders.lstm().embedding(3).units(2);
        return List.of(
                lstm,
                lstm.layers(2).bidirectional().dropout(0.3).everyStep(),
                lstm.bidirectional().lastStep(),
                lstm.mean().l1(0.1).l2(0.2),
                lstm.max().initializer(Initializer.FAN_IN_UNIFORM),
                lstm.output(SequenceOutput.FIRST_STEP));
    }

    static List<TransformerEncoder> transformers() {
        TransformerEncoder transformer = Encoders.transformer()
                .embedding(4)
                .heads(2)
                .feedForward(3)
                .layers(1)
                .activation(Activation.GELU);
        return List.of(
                transformer,
                transformer.layers(2).preNorm().learned(5).everyStep(),
                transformer.dropout(0.3).first(),
                transformer.postNorm().sinusoidal().max().l1(0.1).l2(0.2),
                transformer.preNorm().initializer(Initializer.NORMAL_002).output(SequenceOutput.LAST_STEP));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void gradientsMatchFiniteDifferences(Encoder encoder) {
        GradientCheck.check(encoder, Shape.sequence(3), X, Masks.mixed());
    }

    @Test
    void gradientsMatchFiniteDifferencesOnTokens() {
        GradientCheck.checkParameters(lstms().get(2), Shape.tokens(6), IDS, Masks.mixed());
        GradientCheck.checkParameters(transformers().get(0), Shape.tokens(6), IDS, null);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void paddedExamplesGiveTheResultsOfTheSameExamplesWithoutPadding(Encoder encoder) {
        LayerRun run = new LayerRun(encoder, Shape.tokens(6), DataType.DOUBLE);
        INDArray y = run.forward(IDS, Masks.mixed());
        for (int b = 0; b < 4; b++) {
            INDArray alone = run.forward(Masks.realSteps(IDS, Masks.mixed(), b), null);
            INDArray here = y.rank() == 2 ? y.getRow(b, true) : Masks.realSteps(y, Masks.mixed(), b);
            assertArrayEquals(
                    alone.dup('c').data().asDouble(), here.dup('c').data().asDouble(), 1e-12, "example " + b);
        }
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void memoryThatIsUsedAgainChangesNoResult(Encoder encoder) {
        LayerRun run = new LayerRun(encoder, Shape.tokens(6), DataType.FLOAT);
        INDArray y = run.forward(IDS, Masks.mixed());
        run.backward(y);
        INDArray gradient = run.gradient("0.W").dup();
        for (int i = 0; i < 3; i++) {
            run.gradient("0.W").assign(Double.NaN);
            try (MemoryWorkspace arena = Arena.open("SEQUENCES")) {
                INDArray again = run.forward(IDS, Masks.mixed());
                assertEquals(y, again, arena.getId());
                run.backward(again);
            }
            assertEquals(gradient, run.gradient("0.W"));
        }
    }

    @Test
    void theReferenceModelsHaveTheSizesTheyShould() {
        Binder lstm = Binder.create();
        assertEquals(
                Shape.vector(128),
                Encoders.lstm()
                        .units(128)
                        .lastStep()
                        .bind(Shape.sequence(64), lstm)
                        .outputShape());
        assertEquals((64 + 128 + 1) * 4 * 128, parameters(lstm));
        Binder transformer = Binder.create();
        assertEquals(
                Shape.vector(128),
                Encoders.transformer()
                        .embedding(128)
                        .layers(2)
                        .heads(4)
                        .feedForward(256)
                        .postNorm()
                        .mean()
                        .bind(Shape.tokens(1000), transformer)
                        .outputShape());
        int block = 128 * 384 + 384 + 128 * 128 + 128 + 128 * 256 + 256 + 256 * 128 + 128 + 4 * 128;
        assertEquals(1000 * 128 + 2 * block, parameters(transformer));
    }

    private static long parameters(Binder binder) {
        return binder.parameters().stream().mapToLong(Parameter::length).sum();
    }

    @Test
    void penaltiesReachTheLayersButNotTheEmbedding() {
        for (Encoder encoder : List.of(
                Encoders.lstm().l1(0.1).l2(0.2), Encoders.transformer().l1(0.1).l2(0.2))) {
            Binder binder = Binder.create();
            encoder.bind(Shape.tokens(5), binder);
            for (Parameter p : binder.parameters()) {
                boolean layer = !p.name().startsWith("0.") && p.shape().length > 1;
                assertEquals(layer ? 0.1 : 0, p.penalty().l1(), encoder.kind() + " " + p.name());
                assertEquals(layer ? 0.2 : 0, p.penalty().l2(), encoder.kind() + " " + p.name());
            }
        }
    }

    @Test
    void refusalsNameTheRule() {
        assertEquals(
                "lstm: input is vector(3); it takes token ids or a sequence of feature vectors",
                message(() -> Encoders.lstm().bind(Shape.vector(3), Binder.create())));
        assertEquals(
                "transformer: input is vector(3); it takes token ids or a sequence of feature vectors",
                message(() -> Encoders.transformer().bind(Shape.vector(3), Binder.create())));
        assertEquals(
                "lstm: layers = 0; it must be at least 1",
                message(() -> Encoders.lstm().layers(0)));
        assertEquals(
                "lstm: units = 0; it must be at least 1",
                message(() -> Encoders.lstm().units(0)));
        message(() -> Encoders.lstm().dropout(1));
        message(() -> Encoders.transformer().dropout(-0.1));
        message(() -> Encoders.transformer().heads(0));
        message(() -> Encoders.transformer().l2(Double.NaN));
        message(() -> Encoders.transformer().heads(3).bind(Shape.tokens(3), Binder.create()));
        assertThrows(NullPointerException.class, () -> Encoders.lstm().output(null));
        assertThrows(NullPointerException.class, () -> Encoders.transformer().activation(null));
    }

    private static String message(org.junit.jupiter.api.function.Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }
}
