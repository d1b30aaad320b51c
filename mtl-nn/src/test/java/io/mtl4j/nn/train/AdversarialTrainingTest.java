package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.GanHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterStore;
import io.mtl4j.nn.persist.KnownTypes;
import io.mtl4j.nn.persist.ModelFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The turns of critic and generator in training: a mixture of two normal distributions, and which of them a point is of. */
class AdversarialTrainingTest {

    private static final int GAN = 1;
    private static final double DEVIATION = 0.1;

    private static GanHead gan() {
        return Tasks.gan("real", 2, generator());
    }

    private static Chain generator() {
        return Chain.of(
                new Dense(32, Activation.RELU, Initializer.HE_UNIFORM),
                new Dense(32, Activation.RELU, Initializer.HE_UNIFORM),
                new Dense(2, Activation.IDENTITY, Initializer.GLOROT_UNIFORM));
    }

    private static MultiTaskModel model(GanHead gan) {
        return MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp()
                        .activation(Activation.LEAKY_RELU)
                        .dense(32)
                        .dense(32))
                .task(Tasks.binary("right"))
                .task(gan)
                .seed(2)
                .build();
    }

    /** Points around (1, 0.5) and (-1, 0.5). */
    private static MultiTaskData points(int size) {
        RandomGenerator random = GradientCheck.random(6);
        INDArray x = Nd4j.create(DataType.FLOAT, size, 2);
        INDArray right = Nd4j.create(DataType.FLOAT, size);
        for (int i = 0; i < size; i++) {
            x.putScalar(i, 0, (i % 2 == 0 ? 1 : -1) + DEVIATION * random.nextGaussian());
            x.putScalar(i, 1, 0.5 + DEVIATION * random.nextGaussian());
            right.putScalar(i, i % 2 == 0 ? 1 : 0);
        }
        return MultiTaskData.of(new Fixtures.Rows("input", x, Map.of("right", right)));
    }

    private static TrainerBuilder trainer(MultiTaskModel model, int epochs) {
        return Trainer.builder(model).epochs(epochs).batchSize(64).optimizer(new AdamW(1e-3, 0.5, 0.9, 1e-8, 0));
    }

    private static INDArray generator(MultiTaskModel model) {
        ParameterStore store = model.network().store();
        return store.layout().ownStep(store.flat(), GAN).dup();
    }

    private static INDArray allElse(MultiTaskModel model) {
        return model.network().store().trained().dup();
    }

    @Test
    void jointStepLeavesTheGeneratorAndItsStepLeavesAllElse() {
        MultiTaskModel start = model(gan());
        MultiTaskModel joint = model(gan().criticSteps(3));
        trainer(joint, 2).build().fit(points(64));
        assertEquals(generator(start), generator(joint));
        assertNotEquals(allElse(start), allElse(joint));
        MultiTaskModel both = model(gan().criticSteps(2));
        trainer(both, 2).build().fit(points(64));
        assertNotEquals(generator(start), generator(both));
        assertEquals(allElse(joint), allElse(both));
    }

    @Test
    void generatorTakesItsTurnAfterEveryFewSteps() {
        List<TrainingEvent.GeneratorDone> turns = new ArrayList<>();
        trainer(model(gan().criticSteps(2)), 2)
                .listener(event -> {
                    if (event instanceof TrainingEvent.GeneratorDone turn) {
                        turns.add(turn);
                    }
                })
                .build()
                .fit(points(3 * 64));
        assertEquals(3, turns.size());
        assertEquals(new TrainingEvent.GeneratorDone(0, 1, "real", turns.get(0).loss()), turns.get(0));
        assertTrue(turns.stream().allMatch(turn -> turn.loss() > 0));
    }

    @Test
    void goesOnAsIfItHadNeverStoppedAndMakesTheSameWhenLoaded(@TempDir Path folder) {
        MultiTaskModel whole = model(gan());
        trainer(whole, 4).build().fit(points(256));
        MultiTaskModel half = model(gan());
        TrainingResult first = trainer(half, 2).build().fit(points(256));
        Path file = folder.resolve("half.mtl");
        ModelFiles.save(half, first.state(), file, KnownTypes.standard());
        ModelFiles.Loaded loaded = ModelFiles.load(file, KnownTypes.standard());
        assertEquals(half.generate("real", 5, 3), loaded.model().generate("real", 5, 3));
        trainer(loaded.model(), 4)
                .build()
                .resume(loaded.training().orElseThrow())
                .fit(points(256));
        assertEquals(generator(whole), generator(loaded.model()));
        assertEquals(allElse(whole), allElse(loaded.model()));
        assertEquals(whole.generate("real", 5, 3), loaded.model().generate("real", 5, 3));
        assertNotEquals(whole.generate("real", 5, 3), whole.generate("real", 5, 4));
    }

    @Test
    void learnsBothPartsOfAMixtureBesideAClassification() {
        MultiTaskModel model = model(gan());
        trainer(model, 50).optimizer(new AdamW(2e-3, 0.5, 0.9, 1e-8, 0)).build().fit(points(512));
        requireMixture(model);
        assertTrue(model.predict(0.9f, -1).task("right").value() > 0.9);
        assertTrue(model.predict(-0.9f, 1).task("right").value() < 0.1);
    }

    @Test
    void movesToTheDataByTheWassersteinDistanceWithAnyAggregator() {
        MultiTaskModel model = model(
                Tasks.wassersteinGan("real", 2, generator()).gradientPenalty(1).criticSteps(2));
        INDArray there = Nd4j.createFromArray(2f, -1f);
        Fixtures.Rows rows = (Fixtures.Rows) points(256).sources().get(0);
        rows.features().muli(0.3).addiRowVector(there);
        double before = distance(model, there);
        trainer(model, 30)
                .optimizer(new AdamW(5e-3, 0.5, 0.9, 1e-8, 0))
                .aggregation(Aggregations.byName("upgrad"))
                .build()
                .fit(MultiTaskData.of(rows));
        double after = distance(model, there);
        assertTrue(before > 1.5 && after < before / 2, "distance before " + before + ", afterwards " + after);
        assertTrue(model.predict(2.4f, -0.85f).task("right").value() > 0.5);
        assertTrue(model.predict(1.6f, -0.85f).task("right").value() < 0.5);
    }

    private static double distance(MultiTaskModel model, INDArray to) {
        return model.generate("real", 200, 1).mean(0).distance2(to);
    }

    /** A good part of what is generated lies on either side, and most of it near the middle of that part. */
    private static void requireMixture(MultiTaskModel model) {
        INDArray made = model.generate("real", 400, 1);
        assertArrayEquals(new long[] {400, 2}, made.shape());
        int right = 0;
        int near = 0;
        for (int i = 0; i < 400; i++) {
            double x = made.getDouble(i, 0);
            right += x > 0 ? 1 : 0;
            near += Math.hypot(Math.abs(x) - 1, made.getDouble(i, 1) - 0.5) < 0.4 ? 1 : 0;
        }
        String what = right + " of 400 on the right, " + near + " near a middle";
        assertTrue(right > 80 && right < 320 && near > 250, what);
    }

    @Test
    void saysWhichGeneratorDiverged() {
        MultiTaskModel model = model(gan().generatorRate(1e38));
        TrainingDivergedException e = assertThrows(
                TrainingDivergedException.class,
                () -> trainer(model, 20).build().fit(points(256)));
        assertEquals("real", e.task());
    }

    @Test
    void generatesOnlyForAdversarialTasks() {
        MultiTaskModel model = model(gan());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> model.generate("right", 1, 0))
                .getMessage()
                .contains("\"right\" has no generator"));
        assertThrows(IllegalArgumentException.class, () -> model.generate("real", 0, 0));
        assertArrayEquals(new long[] {1, 2}, model.generate("real", 1, 0).shape());
    }
}
