package io.mtl4j.nn.sharing;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small models of two tasks, "a" (regression) and "b" (classes, or tags of every step), with every encoder. */
public final class SharedModels {

    public static final int BATCH = 5;
    private static final int TIME = 4;

    private SharedModels() {}

    /** An encoder with what it reads. */
    public record Trial(String name, Shape input, Encoder encoder, boolean everyStep) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static Trial mlp() {
        return new Trial(
                "mlp",
                Shape.vector(4),
                Encoders.mlp().activation(Activation.TANH).dense(6).dropout(0.2).dense(4),
                false);
    }

    public static Trial tagger() {
        return new Trial(
                "lstm at every step of tokens",
                Shape.tokens(6),
                Encoders.lstm().embedding(4).units(4).everyStep(),
                true);
    }

    public static Trial sequence() {
        return new Trial(
                "lstm at every step of a sequence",
                Shape.sequence(3),
                Encoders.lstm().units(4).everyStep(),
                true);
    }

    public static List<Trial> all() {
        var convolutions = Encoders.cnn().activation(Activation.TANH).conv(8, 3).maxPool(2);
        var transformer = Encoders.transformer().embedding(4).layers(1).heads(2).feedForward(5);
        return List.of(
                mlp(),
                tagger(),
                sequence(),
                new Trial("cnn with pictures out", Shape.image(2, 6, 6), convolutions.conv(6, 3), false),
                new Trial(
                        "cnn",
                        Shape.image(2, 6, 6),
                        convolutions.batchNorm().globalPool().dense(4),
                        false),
                new Trial("lstm", Shape.sequence(3), Encoders.lstm().units(4).bidirectional(), false),
                new Trial("transformer", Shape.tokens(6), transformer, false),
                new Trial("transformer at every step", Shape.sequence(3), transformer.everyStep(), true),
                new Trial("graph", Shape.vector(4), graph(), false));
    }

    private static Encoder graph() {
        return Encoders.graph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "dense",
                        new DenseLayer.Builder()
                                .nIn(4)
                                .nOut(4)
                                .activation(org.nd4j.linalg.activations.Activation.TANH)
                                .build(),
                        "in")
                .setOutputs("dense")
                .build());
    }

    public static MultiTaskModel model(Trial trial, Sharing sharing, DataType type) {
        return MultiTaskModel.builder()
                .input(trial.input())
                .encoder(trial.encoder())
                .sharing(sharing)
                .task(Tasks.regression("a", 2))
                .task(trial.everyStep() ? Tasks.tagging("b", 3).metric("accuracy") : Tasks.classification("b", 3))
                .seed(3)
                .dataType(type)
                .build();
    }

    /** A batch with labels of the tasks given. */
    public static MultiTaskBatch batch(Trial trial, DataType type, String... tasks) {
        RandomGenerator random = GradientCheck.random(23);
        INDArray features = features(trial.input(), random).castTo(type);
        INDArray targets = GradientCheck.array(random, 1, BATCH, 2).castTo(type);
        INDArray classes = trial.everyStep() ? integers(random, 3, BATCH, TIME) : integers(random, 3, BATCH);
        Map<String, INDArray> labels = new HashMap<>(Map.of("a", targets, "b", classes.castTo(type)));
        labels.keySet().retainAll(List.of(tasks));
        SourceBatch source = new SourceBatch(features, steps(trial.input(), type), labels, Map.of());
        return new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, source));
    }

    public static INDArray features(MultiTaskBatch batch) {
        return batch.sources().get(MultiTaskModel.DEFAULT_INPUT).features();
    }

    /** The mask: the last steps of two examples are padding. Null for what is no sequence. */
    public static INDArray steps(Shape input, DataType type) {
        if (input.dimensions()[0] >= 0) {
            return null;
        }
        INDArray steps = Nd4j.ones(type, BATCH, TIME);
        steps.putScalar(0, TIME - 1, 0);
        steps.putScalar(3, TIME - 1, 0);
        steps.putScalar(3, TIME - 2, 0);
        return steps;
    }

    private static INDArray features(Shape input, RandomGenerator random) {
        if (input instanceof Shape.Tokens tokens) {
            return integers(random, tokens.vocabulary(), BATCH, TIME);
        }
        long[] dimensions = input.dimensions();
        long[] shape = new long[dimensions.length + 1];
        shape[0] = BATCH;
        for (int i = 0; i < dimensions.length; i++) {
            shape[i + 1] = dimensions[i] < 0 ? TIME : dimensions[i];
        }
        return GradientCheck.array(random, 1, shape);
    }

    private static INDArray integers(RandomGenerator random, int limit, long... shape) {
        INDArray numbers = Nd4j.create(DataType.DOUBLE, shape);
        for (long i = 0; i < numbers.length(); i++) {
            numbers.putScalar(i, random.nextInt(limit));
        }
        return numbers;
    }
}
