package io.mtl4j.nn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.grouping.AffinityMeter;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Checkpoints;
import io.mtl4j.nn.train.OnDivergence;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainingDivergedException;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.weighting.Weightings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class SparkTrainerTest {

    private static final int EXAMPLES = 50;
    private static SparkSession session;
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        session = LocalSpark.start();
        spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    private static MultiTaskModel model(DataType type, boolean chance) {
        return model(
                type,
                chance
                        ? Encoders.mlp().batchNorm().dense(6).dropout(0.2).dense(4)
                        : Encoders.mlp().dense(6).dense(4));
    }

    private static MultiTaskModel model(DataType type, Encoder encoder) {
        return MultiTaskModel.builder()
                .input("left", Shape.vector(4))
                .input("right", Shape.vector(4))
                .encoder(encoder)
                .task(Tasks.regression("a", 1).input("left"))
                .task(Tasks.classification("b", 3).input("left"))
                .task(Tasks.binary("c").input("right"))
                .dataType(type)
                .seed(3)
                .build();
    }

    /** Some labels are missing; the second input has fewer examples than the first. */
    private static MultiTaskData data(long seed) {
        Random random = new Random(seed);
        float[][] left = new float[EXAMPLES][4];
        float[][] right = new float[EXAMPLES / 3][4];
        float[] values = new float[EXAMPLES];
        int[] classes = new int[EXAMPLES];
        float[] yes = new float[right.length];
        for (int i = 0; i < EXAMPLES; i++) {
            for (int j = 0; j < 4; j++) {
                left[i][j] = (float) random.nextGaussian();
            }
            values[i] = i % 7 == 0 ? Float.NaN : left[i][0] - left[i][1];
            classes[i] = i % 5 == 0 ? Labels.MISSING : left[i][2] > 0.5 ? 2 : left[i][3] > 0 ? 1 : 0;
        }
        for (int i = 0; i < right.length; i++) {
            for (int j = 0; j < 4; j++) {
                right[i][j] = (float) random.nextGaussian();
            }
            yes[i] = right[i][0] > 0 ? 1 : 0;
        }
        return MultiTaskData.of(
                ArraySource.builder("left")
                        .features(Nd4j.createFromArray(left))
                        .labels("a", Labels.values(values))
                        .labels("b", Labels.classes(classes))
                        .build(),
                ArraySource.builder("right")
                        .features(Nd4j.createFromArray(right))
                        .labels("c", Labels.of(Nd4j.createFromArray(yes)))
                        .build());
    }

    private static double[] numbers(MultiTaskModel model) {
        return model.network().store().flat().toDoubleVector();
    }

    private static TrainingResult one(MultiTaskModel model, SparkSettings settings) {
        return settings.apply(Trainer.builder(model)).build().fit(data(1), data(2));
    }

    private static final SparkSettings COMBINED = trainer -> trainer.aggregation(Aggregations.upGrad())
            .optimizer(new Adam(0.02))
            .epochs(3)
            .batchSize(12)
            .seed(5);
    private static final SparkSettings WEIGHTED = trainer -> trainer.weighting(Weightings.dwa())
            .optimizer(new Adam(0.02))
            .epochs(3)
            .batchSize(12)
            .seed(5);
    private static final SparkSettings PLAIN =
            trainer -> trainer.optimizer(new Sgd(0.1)).epochs(2).batchSize(12).seed(5);

    @Test
    void joinedGradientsOfThreeWorkersTrainAsOneProcessDoes() {
        for (SparkSettings settings : List.of(COMBINED, WEIGHTED)) {
            MultiTaskModel one = model(DataType.DOUBLE, false);
            MultiTaskModel many = model(DataType.DOUBLE, false);
            TrainingResult expected = one(one, settings);
            TrainingResult found = SparkTrainer.builder(many)
                    .settings(settings)
                    .build()
                    .fit(SparkData.parallelize(spark, data(1), 3), data(2));
            assertArrayEquals(numbers(one), numbers(many), 1e-9);
            assertEquals(expected.epochs().size(), found.epochs().size());
            for (int e = 0; e < 3; e++) {
                for (String task : List.of("a", "b", "c")) {
                    assertEquals(
                            expected.epochs().get(e).trainLosses().get(task),
                            found.epochs().get(e).trainLosses().get(task),
                            1e-9);
                }
            }
            assertEquals(expected.state().step(), found.state().step());
        }
    }

    @Test
    void oneWorkerDrawsTheDropoutOfOneProcess() {
        MultiTaskModel one = model(DataType.DOUBLE, true);
        MultiTaskModel remote = model(DataType.DOUBLE, true);
        one(one, PLAIN);
        SparkTrainer.builder(remote).settings(PLAIN).build().fit(SparkData.parallelize(spark, data(1), 1), data(2));
        assertArrayEquals(numbers(one), numbers(remote), 1e-9);
        assertArrayEquals(
                one.network().store().flatBuffers(0).toDoubleVector(),
                remote.network().store().flatBuffers(0).toDoubleVector(),
                1e-9);
    }

    @Test
    void theSameSeedGivesTheSameResultToTheBit() {
        for (int averaging : new int[] {0, 2}) {
            double[] first = trained(averaging);
            assertArrayEquals(first, trained(averaging));
        }
    }

    private static double[] trained(int averaging) {
        MultiTaskModel model = model(DataType.FLOAT, true);
        SparkTrainerBuilder builder = SparkTrainer.builder(model).settings(WEIGHTED);
        if (averaging > 0) {
            builder.averagingEvery(averaging);
        }
        builder.build().fit(SparkData.parallelize(spark, data(1), 2));
        return numbers(model);
    }

    @Test
    void averagingOverOneWorkerIsTheTrainingOfOneProcessToTheBit() {
        MultiTaskModel one = model(DataType.FLOAT, true);
        MultiTaskModel remote = model(DataType.FLOAT, true);
        TrainingResult expected = one(one, WEIGHTED);
        TrainingResult found = SparkTrainer.builder(remote)
                .settings(WEIGHTED)
                .averagingEvery(3)
                .build()
                .fit(SparkData.parallelize(spark, data(1), 1), data(2));
        assertArrayEquals(numbers(one), numbers(remote));
        assertArrayEquals(
                expected.state().optimizer().toDoubleVector(),
                found.state().optimizer().toDoubleVector());
        assertEquals(
                expected.epochs().get(2).trainLosses(), found.epochs().get(2).trainLosses());
    }

    /** With all labels there and plain descent, the mean of single steps is the step of the mean gradient. */
    @Test
    void averagingAfterEachPlainStepIsTheTrainingOfOneProcess() {
        MultiTaskData whole = MultiTaskData.of(ArraySource.builder("left")
                .features(GradientCheck.array(GradientCheck.random(4), 1, 20, 4))
                .labels("a", Labels.values(new float[20]))
                .build());
        MultiTaskModel one = small();
        MultiTaskModel many = small();
        PLAIN.apply(Trainer.builder(one)).build().fit(whole);
        SparkTrainer.builder(many)
                .settings(PLAIN)
                .averagingEvery(1)
                .build()
                .fit(SparkData.parallelize(spark, whole, 3));
        assertArrayEquals(numbers(one), numbers(many), 1e-9);
    }

    private static MultiTaskModel small() {
        return MultiTaskModel.builder()
                .input("left", Shape.vector(4))
                .encoder(Encoders.mlp().dense(6))
                .task(Tasks.regression("a", 1))
                .dataType(DataType.DOUBLE)
                .seed(3)
                .build();
    }

    @Test
    void averagingOverSeveralWorkersLearns() {
        MultiTaskModel model = model(DataType.FLOAT, false);
        List<TrainingEvent.EpochDone> epochs = SparkTrainer.builder(model)
                .settings(
                        trainer -> trainer.optimizer(new Adam(0.05)).epochs(25).batchSize(25))
                .averagingEvery(2)
                .workers(2)
                .build()
                .fit(SparkData.parallelize(spark, data(1), 4))
                .epochs();
        double first = epochs.get(0).trainLosses().get("a");
        assertTrue(epochs.get(24).trainLosses().get("a") < 0.5 * first, epochs.toString());
    }

    /** A worker that has nothing of an input says nothing of its running statistics. */
    @Test
    void statisticsOfAnInputComeFromThoseWhoHaveIt() {
        List<MultiTaskBatch> apart = new ArrayList<>();
        data(1).sources()
                .forEach(source -> source.inOrder(EXAMPLES)
                        .forEach(batch -> apart.add(new MultiTaskBatch(Map.of(source.input(), batch)))));
        for (int averaging : new int[] {0, 1}) {
            MultiTaskModel one =
                    model(DataType.DOUBLE, Encoders.mlp().batchNorm().dense(6));
            MultiTaskModel many =
                    model(DataType.DOUBLE, Encoders.mlp().batchNorm().dense(6));
            SparkSettings step = trainer -> trainer.optimizer(new Sgd(0.1))
                    .epochs(1)
                    .batchSize(EXAMPLES)
                    .seed(5);
            step.apply(Trainer.builder(one)).build().fit(data(1));
            SparkTrainerBuilder builder = SparkTrainer.builder(many).settings(step);
            (averaging > 0 ? builder.averagingEvery(averaging) : builder)
                    .build()
                    .fit(spark.parallelize(apart, 2));
            for (int input = 0; input < 2; input++) {
                assertArrayEquals(
                        one.network().store().flatBuffers(input).toDoubleVector(),
                        many.network().store().flatBuffers(input).toDoubleVector(),
                        1e-9);
            }
        }
    }

    @Test
    void aTaskThatFailsIsDoneAgain() {
        AtomicInteger failures = FAILURES;
        failures.set(0);
        JavaRDD<MultiTaskBatch> shaky = SparkData.parallelize(spark, data(1), 2).map(batch -> {
            if (FAILURES.incrementAndGet() == 1) {
                throw new IllegalStateException("the machine is lost");
            }
            return batch;
        });
        MultiTaskModel model = model(DataType.FLOAT, true);
        SparkTrainer.builder(model).settings(WEIGHTED).build().fit(shaky);
        assertTrue(failures.get() > 2);
        assertArrayEquals(trained(0), numbers(model));
    }

    private static final AtomicInteger FAILURES = new AtomicInteger();

    @Test
    void workersThatAreLostInTheMidstAreMadeAgain() {
        AtomicInteger lost = new AtomicInteger();
        MultiTaskModel model = model(DataType.FLOAT, true);
        SparkTrainer.builder(model)
                .settings(WEIGHTED)
                .driver(trainer -> trainer.listener(event -> {
                    if (event instanceof TrainingEvent.StepDone done && done.step() == 2) {
                        Workers.BY_TRAINING.clear();
                        lost.incrementAndGet();
                    }
                }))
                .build()
                .fit(SparkData.parallelize(spark, data(1), 2));
        assertEquals(3, lost.get());
        assertArrayEquals(trained(0), numbers(model));
    }

    @Test
    void aDriverThatIsLostGoesOnFromItsCheckpoint(@TempDir Path folder) {
        for (int averaging : new int[] {0, 2}) {
            Path own = folder.resolve("run" + averaging);
            SparkTrainer dying = trainer(model(DataType.FLOAT, true), averaging, own, event -> {
                if (event instanceof TrainingEvent.StepDone done && done.epoch() == 1 && done.step() == 3) {
                    throw new IllegalStateException("the driver is lost");
                }
            });
            JavaRDD<MultiTaskBatch> train = SparkData.parallelize(spark, data(1), 2);
            assertThrows(IllegalStateException.class, () -> dying.fit(train));
            MultiTaskModel model = model(DataType.FLOAT, true);
            TrainingResult result = trainer(model, averaging, own, event -> {}).fit(train);
            assertEquals(1, result.started().firstEpoch());
            assertArrayEquals(trained(averaging), numbers(model));
        }
    }

    private static SparkTrainer trainer(MultiTaskModel model, int averaging, Path folder, TrainingListener listener) {
        SparkTrainerBuilder builder = SparkTrainer.builder(model)
                .settings(WEIGHTED)
                .driver(trainer -> trainer.listener(listener)
                        .checkpoints(Checkpoints.in(folder).everySteps(2).resuming()));
        return (averaging > 0 ? builder.averagingEvery(averaging) : builder).build();
    }

    @Test
    void workersLeaveNothingBehind() {
        trained(0);
        assertTrue(Workers.BY_TRAINING.isEmpty());
        assertTrue(spark.getPersistentRDDs().isEmpty());
    }

    @Test
    void divergenceIsReportedWithItsTaskAndLeavesTheGoodModel() {
        SparkSettings wild = trainer -> trainer.optimizer(new Sgd(1e30)).batchSize(12);
        for (int averaging : new int[] {0, 2}) {
            MultiTaskModel model = model(DataType.FLOAT, false);
            double[] before = numbers(model);
            SparkTrainerBuilder builder = SparkTrainer.builder(model).settings(wild);
            SparkTrainer trainer = (averaging > 0 ? builder.averagingEvery(averaging) : builder).build();
            JavaRDD<MultiTaskBatch> train = SparkData.parallelize(spark, data(1), 2);
            TrainingDivergedException e = assertThrows(TrainingDivergedException.class, () -> trainer.fit(train));
            assertTrue(e.getMessage().contains("task \"" + e.task() + "\""), e.getMessage());
            assertArrayEquals(before, numbers(model));
        }
    }

    @Test
    void aDivergedRoundCanBeSkipped() {
        MultiTaskModel model = model(DataType.FLOAT, false);
        List<TrainingEvent> diverged = new ArrayList<>();
        SparkTrainer trainer = SparkTrainer.builder(model)
                .settings(t -> t.optimizer(new Sgd(1e30)).batchSize(13).onDivergence(OnDivergence.skipStep(2)))
                .driver(t -> t.listener(event -> {
                    if (event instanceof TrainingEvent.Diverged) {
                        diverged.add(event);
                    }
                }))
                .averagingEvery(2)
                .build();
        JavaRDD<MultiTaskBatch> train = SparkData.parallelize(spark, data(1), 2);
        assertThrows(TrainingDivergedException.class, () -> trainer.fit(train));
        assertEquals(2, diverged.size());
    }

    @Test
    void whatCannotBeDoneIsRefusedEarly() {
        MultiTaskModel model = model(DataType.FLOAT, false);
        JavaRDD<MultiTaskBatch> train = SparkData.parallelize(spark, data(1), 2);
        Object lock = new Object();
        assertMessage(
                IllegalArgumentException.class,
                "settings hold on to what cannot be sent to workers (java.lang.Object)",
                () -> SparkTrainer.builder(model)
                        .settings(trainer -> trainer.seed(lock.hashCode()))
                        .build());
        assertMessage(
                IllegalStateException.class,
                "training on other machines with a method that looks ahead",
                () -> fit(model, trainer -> trainer.weighting(AffinityMeter.around(Weightings.equal())), train));
        assertMessage(
                IllegalArgumentException.class,
                "the RDD to train on has no examples",
                () -> fit(model, trainer -> trainer, spark.emptyRDD()));
        assertMessage(
                IllegalArgumentException.class,
                "task \"c\" has no labels in the training data",
                () -> fit(model, trainer -> trainer, train.map(SparkTrainerTest::withoutRight)));
        assertMessage(
                Exception.class,
                "input \"left\" has features that are NaN or infinite",
                () -> fit(model, trainer -> trainer, train.map(SparkTrainerTest::withNaN)));
        assertFalse(model.network().store().flat().isNaN().any());
    }

    private static MultiTaskBatch withoutRight(MultiTaskBatch batch) {
        return new MultiTaskBatch(Map.of("left", batch.sources().get("left")));
    }

    private static MultiTaskBatch withNaN(MultiTaskBatch batch) {
        var left = batch.sources().get("left");
        return new MultiTaskBatch(
                Map.of("left", left.withFeatures(left.features().dup().putScalar(3, Double.NaN))));
    }

    private static void fit(MultiTaskModel model, SparkSettings settings, JavaRDD<MultiTaskBatch> train) {
        SparkTrainer.builder(model).settings(settings).build().fit(train);
    }

    private static <T extends Exception> void assertMessage(
            Class<T> type, String start, org.junit.jupiter.api.function.Executable call) {
        T e = assertThrows(type, call);
        assertTrue(e.getMessage().contains(start), e.getMessage());
    }
}
