package io.mtl4j.nn.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Cnn;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient of MAML beside differences of the whole objective, whose inner loop is written down once more here. */
class MetaGradientTest {

    private static final Seed NOISE = new Seed(3);
    private static final double RATE = 0.4;

    private record Problem(String name, MultiTaskModel model, Episode episode) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Problem perceptron(DataType type) {
        return new Problem(
                "two inputs, three tasks, missing labels",
                Fixtures.model(type, Fixtures.dense(5), Fixtures.dense(4)),
                new Episode(Fixtures.batch(Fixtures.data(9, 6, type)), Fixtures.batch(Fixtures.data(12, 7, type))));
    }

    private static Problem pictures(String name, boolean norm) {
        Cnn start = Encoders.cnn().activation(Activation.TANH);
        Cnn encoder = (norm ? start.batchNorm() : start).conv(3, 3).avgPool(2).dense(6);
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.image(2, 6, 6))
                .encoder(norm ? encoder.dropout(0.3) : encoder)
                .task(Tasks.classification("kind", 3))
                .task(Tasks.regression("size", 1))
                .dataType(DataType.DOUBLE)
                .seed(2)
                .build();
        return new Problem(name, model, new Episode(images(6, 1), images(8, 2)));
    }

    private static MultiTaskBatch images(int size, long seed) {
        Random random = new Random(seed);
        double[] pixels = random.doubles(size * 72L, -1, 1).toArray();
        double[] kinds = IntStream.range(0, size).mapToDouble(i -> i % 3).toArray();
        double[] sizes = random.doubles(size, -1, 1).toArray();
        return new MultiTaskBatch(Map.of(
                MultiTaskModel.DEFAULT_INPUT,
                new SourceBatch(
                        Nd4j.createFromArray(pixels).reshape('c', size, 2, 6, 6),
                        null,
                        Map.of(
                                "kind",
                                Nd4j.createFromArray(kinds),
                                "size",
                                Nd4j.createFromArray(sizes).reshape('c', size, 1)),
                        Map.of())));
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                        perceptron(DataType.DOUBLE),
                        pictures("convolution", false),
                        pictures("batch normalisation and dropout", true))
                .flatMap(problem -> Stream.of(AdaptedPart.values())
                        .flatMap(part -> Stream.of(Arguments.of(problem, part, 1), Arguments.of(problem, part, 3))));
    }

    private static INDArray gradient(MetaMethod method, Problem problem, Adaptation adaptation) {
        InnerLoop loop = new InnerLoop(problem.model, adaptation);
        INDArray sum =
                Nd4j.zeros(loop.parameters().dataType(), loop.parameters().length());
        loop.begin(NOISE);
        method.addGradient(loop, problem.episode, sum);
        loop.end();
        return sum;
    }

    /** The query loss after plain descent on the support loss, from the parameters that the model has. */
    private static double objective(Problem problem, Adaptation adaptation) {
        Network network = problem.model.network();
        Gradients gradients = network.newGradients();
        double[] ones = new double[problem.model.tasks().size()];
        Arrays.fill(ones, 1);
        INDArray start = network.store().flat().dup();
        for (int j = 0; j < adaptation.steps(); j++) {
            network.forward(problem.episode.support(), NOISE.child(j)).weightedGradient(ones, gradients);
            for (Parameter p : network.store().layout().parameters()) {
                boolean head = p.name().startsWith("head:");
                if (adaptation.part() == AdaptedPart.ALL || head == (adaptation.part() == AdaptedPart.HEADS)) {
                    network.store()
                            .values()[p.index()]
                            .subi(gradients.ofParameter(p).mul(adaptation.rate()));
                }
            }
        }
        double loss = Arrays.stream(network.forward(problem.episode.query(), NOISE.child(adaptation.steps()))
                        .losses())
                .filter(Double::isFinite)
                .sum();
        network.store().flat().assign(start);
        return loss;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void isTheDerivativeOfTheQueryLossAfterAdaptation(Problem problem, AdaptedPart part, int steps) {
        Adaptation adaptation = new Adaptation(steps, RATE, part);
        INDArray before = problem.model.network().store().flat().dup();
        INDArray got = gradient(Maml.exactly(), problem, adaptation);
        INDArray first = gradient(Maml.firstOrder(), problem, adaptation);
        assertEquals(before, problem.model.network().store().flat());
        assertTrue(got.sub(first).norm2Number().doubleValue()
                > 0.01 * got.norm2Number().doubleValue());
        INDArray parameters = problem.model.network().store().trained();
        Random random = new Random(1);
        for (int i = 0; i < 6; i++) {
            INDArray direction = Nd4j.createFromArray(random.doubles(parameters.length(), -1, 1)
                    .map(x -> Math.sqrt(3.0 / parameters.length()) * x)
                    .toArray());
            double step = 1e-5;
            parameters.addi(direction.mul(step));
            double up = objective(problem, adaptation);
            parameters.subi(direction.mul(2 * step));
            double down = objective(problem, adaptation);
            parameters.addi(direction.mul(step));
            double expected = (up - down) / (2 * step);
            double along = got.mul(direction).sumNumber().doubleValue();
            assertEquals(expected, along, 1e-6 * got.norm2Number().doubleValue(), "direction " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(AdaptedPart.class)
    void singlePrecisionIsNear(AdaptedPart part) {
        Adaptation adaptation = new Adaptation(3, RATE, part);
        INDArray exact = gradient(Maml.exactly(), perceptron(DataType.DOUBLE), adaptation);
        INDArray near =
                gradient(Maml.exactly(), perceptron(DataType.FLOAT), adaptation).castTo(DataType.DOUBLE);
        double error = near.sub(exact).norm2Number().doubleValue()
                / exact.norm2Number().doubleValue();
        assertTrue(error < 1e-3, "relative error " + error);
    }

    @ParameterizedTest
    @EnumSource(AdaptedPart.class)
    void theFirstOrderFormIsTheQueryGradientWhereAdaptationLeads(AdaptedPart part) {
        Problem problem = perceptron(DataType.DOUBLE);
        Adaptation adaptation = new Adaptation(2, RATE, part);
        INDArray got = gradient(Maml.firstOrder(), problem, adaptation);
        MultiTaskModel adapted = adaptation.adapt(problem.model, problem.episode.support());
        Gradients gradients = adapted.network().newGradients();
        adapted.network().forward(problem.episode.query(), NOISE).weightedGradient(new double[] {1, 1, 1}, gradients);
        assertTrue(gradients.flat().equalsWithEps(got, 1e-12));
    }
}
