package io.mtl4j.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.GanHead;
import io.mtl4j.nn.head.Losses;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Reshape;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slopes;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A critic and its generator beside another task, against finite differences in double precision. */
class AdversarialGradientTest {

    private static final int BATCH = 5;
    private static final Seed SEED = new Seed(3);
    private static final double[] WEIGHTS = {0.7, 1.3};

    static Stream<Arguments> models() {
        Shape vector = Shape.vector(3);
        Shape image = Shape.image(1, 4, 4);
        Encoder mlp = Encoders.mlp().activation(Activation.TANH).dense(6).dense(4);
        Encoder dropping =
                Encoders.mlp().activation(Activation.TANH).dense(6).dropout(0.3).dense(4);
        Encoder cnn = Encoders.cnn()
                .activation(Activation.TANH)
                .batchNorm()
                .conv(2, 3)
                .maxPool(2)
                .dropout(0.2)
                .dense(4);
        Encoder plain =
                Encoders.cnn().activation(Activation.TANH).conv(2, 3).avgPool(2).dense(4);
        return Stream.of(
                Arguments.of(
                        vector, mlp, Tasks.gan("real", 2, generator(vector)).critic(c -> c.hidden(3))),
                Arguments.of(image, cnn, Tasks.gan("real", 2, generator(image))),
                Arguments.of(
                        vector,
                        mlp,
                        Tasks.gan("real", 2, generator(vector)).critic(c -> c.loss(Losses.meanSquaredError()))),
                Arguments.of(vector, dropping, Tasks.wassersteinGan("real", 2, generator(vector))),
                Arguments.of(image, plain, Tasks.wassersteinGan("real", 2, generator(image))));
    }

    static LayerSpec generator(Shape example) {
        int length = example instanceof Shape.Image ? 16 : 3;
        return Chain.of(
                new Dense(5, Activation.IDENTITY, Initializer.GLOROT_UNIFORM),
                BatchNorm.of(Activation.TANH),
                new Dense(length, Activation.TANH, Initializer.GLOROT_UNIFORM),
                new Reshape(example));
    }

    private static MultiTaskModel model(Shape input, Encoder encoder, GanHead gan) {
        return MultiTaskModel.builder()
                .input(input)
                .encoder(encoder)
                .task(Tasks.classification("class", 3))
                .task(gan)
                .dataType(DataType.DOUBLE)
                .seed(4)
                .build();
    }

    private static MultiTaskBatch batch(Shape input) {
        long[] shape = input instanceof Shape.Image ? new long[] {BATCH, 1, 4, 4} : new long[] {BATCH, 3};
        INDArray x = GradientCheck.array(GradientCheck.random(8), 1, shape);
        INDArray labels = Nd4j.createFromArray(0.0, 1, 2, Double.NaN, 1);
        return new MultiTaskBatch(Map.of("input", new SourceBatch(x, null, Map.of("class", labels), Map.of())));
    }

    private static void compare(INDArray varied, INDArray gradient, DoubleSupplier loss) {
        boolean any = false;
        for (long i = 0; i < varied.length(); i++) {
            double numeric = Slopes.of(loss, varied, i);
            assertEquals(numeric, gradient.getDouble(i), 1e-6 * Math.max(1, Math.abs(numeric)), "at " + i);
            any |= Math.abs(numeric) > 1e-4;
        }
        assertTrue(any, "all gradients are zero");
    }

    @ParameterizedTest
    @MethodSource("models")
    void jointStepsGradientIsThatOfAllLosses(Shape input, Encoder encoder, GanHead gan) {
        Network network = model(input, encoder, gan).network();
        MultiTaskBatch batch = batch(input);
        Gradients gradients = network.newGradients();
        BatchPass pass = network.forward(batch, SEED);
        pass.weightedGradient(WEIGHTS, gradients);
        INDArray first = gradients.flat().dup();
        compare(network.store().trained(), first, () -> {
            BatchPass again = network.forward(batch, SEED);
            return WEIGHTS[0] * again.loss(0) + WEIGHTS[1] * again.loss(1);
        });
        pass.weightedGradient(WEIGHTS, gradients);
        assertEquals(first, gradients.flat());
    }

    @ParameterizedTest
    @MethodSource("models")
    void rowOfTheJacobianIsTheTasksGradient(Shape input, Encoder encoder, GanHead gan) {
        Network network = model(input, encoder, gan).network();
        BatchPass pass = network.forward(batch(input), SEED);
        Gradients one = network.newGradients();
        pass.weightedGradient(new double[] {0, 1}, one);
        Gradients rows = network.newGradients();
        pass.jacobian(rows);
        assertTrue(rows.jacobian().getRow(1).equalsWithEps(one.shared(), 1e-12));
        for (Parameter p : network.store().layout().parameters()) {
            if (p.trained() && p.owner() == 1) {
                assertTrue(rows.ofParameter(p).equalsWithEps(one.ofParameter(p), 1e-12), p.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void generatorFollowsTheGradientThroughTheCritic(Shape input, Encoder encoder, GanHead gan) {
        Network network = model(input, encoder, gan).network();
        Gradients gradients = network.newGradients();
        network.generators().gradient(1, BATCH, SEED, gradients);
        INDArray gradient = gradients.ofOwnStep(1).dup();
        Gradients other = network.newGradients();
        compare(
                network.store().layout().ownStep(network.store().flat(), 1),
                gradient,
                () -> network.generators().gradient(1, BATCH, SEED, other));
    }

    @Test
    void runningStatisticsFollowRealExamplesOnlyAndTheGeneratorsOnlyInItsOwnStep() {
        Shape image = Shape.image(1, 4, 4);
        Encoder encoder = Encoders.cnn().batchNorm().conv(2, 3).dense(4);
        Network network =
                model(image, encoder, Tasks.gan("real", 2, generator(image))).network();
        Network without = MultiTaskModel.builder()
                .input(image)
                .encoder(encoder)
                .task(Tasks.classification("class", 3))
                .dataType(DataType.DOUBLE)
                .seed(4)
                .build()
                .network();
        network.forward(batch(image), SEED);
        without.forward(batch(image), SEED);
        INDArray statistics = network.store().flatBuffers(0);
        INDArray expected = without.store().flatBuffers(0);
        for (long i = 0; i < expected.length(); i++) {
            assertEquals(expected.getDouble(i), statistics.getDouble(i), "at " + i);
        }
        INDArray before = statistics.dup();
        network.generators().gradient(1, BATCH, SEED, network.newGradients());
        INDArray moved = statistics.sub(before);
        double ofEncoder = 0;
        for (long i = 0; i < expected.length(); i++) {
            ofEncoder += Math.abs(moved.getDouble(i));
        }
        assertEquals(0, ofEncoder);
        assertTrue(moved.norm1Number().doubleValue() > 0);
    }

    @Test
    void penaltyIsThatOfItsFormulaForALinearCritic() {
        // D(x) = w x has the same slope w everywhere: the loss must have λ (|w| - 1)²
        Shape input = Shape.vector(3);
        Encoder linear = Encoders.mlp().activation(Activation.IDENTITY).dense(1);
        GanHead gan = Tasks.wassersteinGan("real", 2, generator(input)).gradientPenalty(7);
        Network with = model(input, linear, gan).network();
        Network without = model(input, linear, gan.gradientPenalty(0)).network();
        INDArray body = null;
        double head = 0;
        for (Parameter p : with.store().layout().parameters()) {
            if (p.name().startsWith("encoder") && p.name().endsWith("W")) {
                body = with.store().values()[p.index()];
            } else if (p.name().startsWith("head:real") && p.name().endsWith("W")) {
                head = with.store().values()[p.index()].getDouble(0);
            }
        }
        double slope = Math.abs(head) * body.norm2Number().doubleValue();
        double penalty = with.forward(batch(input), SEED).loss(1)
                - without.forward(batch(input), SEED).loss(1);
        assertEquals(7 * (slope - 1) * (slope - 1), penalty, 1e-12);
    }

    @Test
    void refusesMethodsOnTheOneRepresentation() {
        Shape input = Shape.vector(3);
        Network network = model(input, Encoders.mlp().dense(4), Tasks.gan("real", 2, generator(input)))
                .network();
        BatchPass pass = network.forward(batch(input), SEED);
        assertTrue(assertThrows(IllegalStateException.class, pass::representation)
                .getMessage()
                .contains("\"real\""));
    }

    @Test
    void saysWhatIsWrongWithAGenerator() {
        Shape input = Shape.vector(3);
        refuses(input, Tasks.gan("real", 2, generator(Shape.image(1, 4, 4))), "vector(3)");
        refuses(input, Tasks.gan("real", 3, Chain.of()), "nothing to learn");
        refuses(Shape.sequence(3), Tasks.gan("real", 2, generator(input)), "vectors or pictures");
    }

    private static void refuses(Shape input, GanHead gan, String part) {
        Encoder encoder = input instanceof Shape.Sequence
                ? Encoders.lstm().units(3)
                : Encoders.mlp().dense(4);
        String message = assertThrows(IllegalArgumentException.class, () -> model(input, encoder, gan))
                .getMessage();
        assertTrue(message.contains("\"real\"") && message.contains(part), message);
    }
}
