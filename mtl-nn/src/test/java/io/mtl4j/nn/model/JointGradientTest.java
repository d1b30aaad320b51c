package io.mtl4j.nn.model;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.Losses;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every encoder with every kind of head in one model, half of the labels missing, against finite differences. */
class JointGradientTest {

    private static final int BATCH = 6;
    private static final int TIME = 4;
    private static final int MOST_ELEMENTS = 150;

    private final RandomGenerator random = GradientCheck.random(17);

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(
                        Shape.vector(5),
                        Encoders.mlp()
                                .activation(Activation.TANH)
                                .batchNorm()
                                .dense(6)
                                .dropout(0.2)
                                .dense(4),
                        vectorHeads()),
                Arguments.of(
                        Shape.image(2, 6, 6),
                        Encoders.cnn()
                                .activation(Activation.TANH)
                                .batchNorm()
                                .conv(3, 3)
                                .residual(4)
                                .maxPool(2)
                                .dropout(0.2)
                                .globalPool()
                                .dense(4),
                        vectorHeads()),
                Arguments.of(Shape.vector(5), Encoders.graph(graph()), vectorHeads()),
                Arguments.of(
                        Shape.sequence(3),
                        Encoders.lstm().units(3).bidirectional().dropout(0.2).everyStep(),
                        sequenceHeads()),
                Arguments.of(
                        Shape.tokens(7),
                        Encoders.transformer()
                                .embedding(4)
                                .layers(1)
                                .heads(2)
                                .feedForward(5)
                                .dropout(0.2)
                                .everyStep(),
                        sequenceHeads()));
    }

    private static ComputationGraphConfiguration graph() {
        return new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "dense",
                        new DenseLayer.Builder()
                                .nIn(5)
                                .nOut(4)
                                .activation(org.nd4j.linalg.activations.Activation.TANH)
                                .build(),
                        "in")
                .setOutputs("dense")
                .build();
    }

    private static List<Head> vectorHeads() {
        return List.of(
                Tasks.classification("class", 3)
                        .labelSmoothing(0.1)
                        .classWeights(1, 2, 3)
                        .hidden(5),
                Tasks.binary("yes").loss(Losses.binaryFocal(2)),
                Tasks.multiLabel("labels", 3),
                Tasks.regression("squares", 2),
                Tasks.regression("robust", 1).loss(Losses.huber(0.5)),
                Tasks.regression("absolute", 1).loss(Losses.meanAbsoluteError()));
    }

    private static List<Head> sequenceHeads() {
        return List.of(
                Tasks.tagging("tag", 3).metric("accuracy").hidden(4),
                Tasks.classification("class", 3).loss(Losses.focal(2)),
                Tasks.regression("squares", 2));
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsMatch(Shape input, Encoder encoder, List<Head> heads) {
        ModelBuilder builder =
                MultiTaskModel.builder().input(input).encoder(encoder).dataType(DataType.DOUBLE);
        heads.forEach(builder::task);
        Network network = builder.build().network();
        MultiTaskBatch batch = batch(input, heads);
        double[] weights = random.doubles(heads.size(), 0.3, 2).toArray();
        NetworkGradientCheck.check(network, batch, MOST_ELEMENTS, weights);
    }

    private MultiTaskBatch batch(Shape input, List<Head> heads) {
        boolean sequence = input.dimensions()[0] < 0;
        INDArray steps = null;
        if (sequence) {
            steps = Nd4j.ones(DataType.DOUBLE, BATCH, TIME);
            steps.putScalar(0, TIME - 1, 0);
            steps.putScalar(3, TIME - 1, 0);
            steps.putScalar(3, TIME - 2, 0);
        }
        Map<String, INDArray> labels = new HashMap<>();
        heads.forEach(head -> labels.put(head.task().name(), labels(head)));
        SourceBatch source = new SourceBatch(features(input), steps, labels, Map.of());
        return new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, source));
    }

    private INDArray features(Shape input) {
        if (input instanceof Shape.Tokens tokens) {
            INDArray ids = Nd4j.create(DataType.DOUBLE, BATCH, TIME);
            for (long i = 0; i < ids.length(); i++) {
                ids.putScalar(i, random.nextInt(tokens.vocabulary()));
            }
            return ids;
        }
        long[] dimensions = input.dimensions();
        long[] shape = new long[dimensions.length + 1];
        shape[0] = BATCH;
        for (int i = 0; i < dimensions.length; i++) {
            shape[i + 1] = dimensions[i] < 0 ? TIME : dimensions[i];
        }
        return GradientCheck.array(random, 1, shape);
    }

    /** Labels of a head; every second example has none. */
    private INDArray labels(Head head) {
        int outputs = head.task().outputs();
        INDArray labels = switch (head.task().kind()) {
            case TAGGING -> Nd4j.create(DataType.DOUBLE, BATCH, TIME);
            case MULTI_CLASS, BINARY -> Nd4j.create(DataType.DOUBLE, BATCH);
            default -> Nd4j.create(DataType.DOUBLE, BATCH, outputs);
        };
        long row = labels.length() / BATCH;
        for (long i = 0; i < labels.length(); i++) {
            double value = switch (head.task().kind()) {
                case BINARY, MULTI_LABEL -> random.nextInt(2);
                case REGRESSION -> random.nextGaussian();
                default -> random.nextInt(outputs);
            };
            labels.putScalar(i, i / row % 2 == 1 ? Double.NaN : value);
        }
        return labels;
    }
}
