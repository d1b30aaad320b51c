package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SequenceSource;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.SequenceHead;
import io.mtl4j.nn.head.TaskPrediction;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.NetworkGradientCheck;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Whole models with a sequence task and a classification on one encoder. */
class SequenceTrainingTest {

    private static final int TOKENS = 4;
    private static final SequenceHead HEAD =
            Tasks.sequence("reversed", TOKENS).maxLength(6).labelSmoothing(0.05);

    @TempDir
    private Path folder;

    static Stream<Arguments> models() {
        Encoder lstm = Encoders.lstm().embedding(4).units(3).everyStep();
        Encoder transformer = Encoders.transformer()
                .embedding(4)
                .layers(1)
                .heads(2)
                .feedForward(5)
                .dropout(0.1)
                .everyStep();
        Encoder mlp = Encoders.mlp().activation(Activation.TANH).dense(4);
        return Stream.of(
                Arguments.of(Shape.tokens(TOKENS), lstm, HEAD.lstmDecoder(4).dropout(0.1)),
                Arguments.of(
                        Shape.tokens(TOKENS),
                        transformer,
                        HEAD.transformerDecoder(1, 2, 5).dropout(0.1)),
                Arguments.of(Shape.vector(3), mlp, HEAD.lstmDecoder(4)),
                Arguments.of(
                        Shape.vector(3), mlp, HEAD.transformerDecoder(1, 2, 5).l2(0.01)));
    }

    private static MultiTaskModel model(Shape input, Encoder encoder, SequenceHead head, DataType type) {
        return MultiTaskModel.builder()
                .input(input)
                .encoder(encoder)
                .task(head)
                .task(Tasks.classification("first", TOKENS))
                .dataType(type)
                .seed(3)
                .build();
    }

    /** Tokens and the same in reverse; the class is the first token. */
    private static SequenceSource source(int examples, long seed) {
        Random random = new Random(seed);
        int[][] tokens = new int[examples][];
        int[][] reversed = new int[examples][];
        int[] first = new int[examples];
        for (int i = 0; i < examples; i++) {
            int[] row = random.ints(1 + random.nextInt(4), 0, TOKENS).toArray();
            tokens[i] = row;
            reversed[i] = new int[row.length];
            for (int t = 0; t < row.length; t++) {
                reversed[i][t] = row[row.length - 1 - t];
            }
            first[i] = row[0];
        }
        return SequenceSource.builder(MultiTaskModel.DEFAULT_INPUT)
                .tokens(tokens)
                .labels("reversed", Labels.sequences(reversed))
                .labels("first", Labels.classes(first))
                .build();
    }

    private static DataSource vectors() {
        return ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(new float[][] {{1, 0, 2}, {0, 1, -1}, {1, 1, 0.5f}})
                .labels("reversed", Labels.sequences(new int[][] {{0, 3, 2}, null, {1}}))
                .labels("first", Labels.classes(2, 1, Labels.MISSING))
                .build();
    }

    private static SourceBatch batch(Shape input) {
        DataSource source = input instanceof Shape.Vector ? vectors() : source(3, 5);
        return source.batch(new int[] {0, 1, 2}, new Seed(1).generator());
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsOfWholeModelsMatchFiniteDifferences(Shape input, Encoder encoder, SequenceHead head) {
        Network network = model(input, encoder, head, DataType.DOUBLE).network();
        MultiTaskBatch batch = new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, batch(input)));
        NetworkGradientCheck.check(network, batch, 60, 0.7, 1.3);
    }

    @ParameterizedTest
    @MethodSource("models")
    void evaluationsTakeTheLossOfTrainingAndMetricsOfPredictions(Shape input, Encoder encoder, SequenceHead head) {
        MultiTaskModel model = model(input, encoder, head.beam(2), DataType.FLOAT);
        DataSource source = input instanceof Shape.Vector ? vectors() : source(3, 5);
        SourceBatch batch = batch(input);
        Evaluation evaluation = Evaluator.evaluate(model, MultiTaskData.of(source));
        double told = model.network()
                .forward(new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, batch)), null)
                .loss(0);
        assertEquals(told, evaluation.task("reversed").loss(), 1e-5);
        assertEquals(
                told,
                new Evaluator(model, 1)
                        .evaluate(MultiTaskData.of(source))
                        .task("reversed")
                        .loss(),
                1e-5);
        List<Prediction> answers = model.predictBatch(MultiTaskModel.DEFAULT_INPUT, batch.features(), batch.steps());
        INDArray labels = batch.labels().get("reversed");
        int right = 0;
        int labelled = 0;
        for (int i = 0; i < 3; i++) {
            List<Integer> truth = new ArrayList<>();
            for (int t = 0; t < labels.size(1) && !Double.isNaN(labels.getDouble(i, t)); t++) {
                truth.add((int) labels.getDouble(i, t));
            }
            labelled += truth.isEmpty() ? 0 : 1;
            right += !truth.isEmpty()
                            && truth.equals(answers.get(i).task("reversed").classes())
                    ? 1
                    : 0;
        }
        assertEquals((double) right / labelled, evaluation.task("reversed").metric("exact-match"), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("models")
    void savedModelsAnswerTheSame(Shape input, Encoder encoder, SequenceHead head) throws IOException {
        MultiTaskModel model = model(input, encoder, head.beam(3), DataType.FLOAT);
        Path file = folder.resolve("model.zip");
        ModelFiles.save(model, file);
        MultiTaskModel loaded = ModelFiles.load(file);
        assertEquals(model.architecture(), loaded.architecture());
        SourceBatch batch = batch(input);
        TaskPrediction expected = answer(model, batch);
        TaskPrediction actual = answer(loaded, batch);
        assertEquals(expected.classes(), actual.classes());
        assertEquals(expected.values().size(), actual.values().size());
    }

    private static TaskPrediction answer(MultiTaskModel model, SourceBatch batch) {
        return model.predictBatch(MultiTaskModel.DEFAULT_INPUT, batch.features(), batch.steps())
                .get(0)
                .task("reversed");
    }

    @Test
    void learnsToReverse() {
        Encoder encoder =
                Encoders.lstm().embedding(16).units(16).bidirectional().everyStep();
        MultiTaskModel model = model(Shape.tokens(TOKENS), encoder, HEAD.lstmDecoder(32), DataType.FLOAT);
        Trainer.builder(model)
                .optimizer(new Adam(0.02))
                .epochs(8)
                .batchSize(32)
                .build()
                .fit(MultiTaskData.of(source(600, 1)));
        Evaluation evaluation = Evaluator.evaluate(model, MultiTaskData.of(source(100, 2)));
        assertTrue(evaluation.task("reversed").metric("exact-match") > 0.8, evaluation::report);
        assertTrue(evaluation.task("first").metric("accuracy") > 0.8, evaluation::report);
        INDArray example = Nd4j.createFromArray(new float[] {3, 1, 0}).reshape(1, 3);
        assertEquals(
                List.of(0, 1, 3),
                model.predictBatch(example).get(0).task("reversed").classes());
    }
}
