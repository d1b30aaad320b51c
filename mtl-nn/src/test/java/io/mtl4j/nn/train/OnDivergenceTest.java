package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.schedule.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** What happens after a loss that is not finite: one example has a label whose squared error no number holds. */
class OnDivergenceTest {

    private static final int EXAMPLES = 12;

    private final List<TrainingEvent.Diverged> heard = new ArrayList<>();

    private static MultiTaskModel model() {
        return MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().batchNorm().dense(4))
                .task(Tasks.regression("good", 1))
                .task(Tasks.regression("wild", 1))
                .seed(1)
                .build();
    }

    private static MultiTaskData data(int wildOnes) {
        float[] labels = new float[EXAMPLES];
        float[] wild = new float[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            labels[i] = i % 3;
            wild[i] = i < wildOnes ? 3e38f : 1;
        }
        INDArray x = Nd4j.linspace(0, 1, EXAMPLES * 2L, Nd4j.dataType()).reshape(EXAMPLES, 2);
        return MultiTaskData.of(ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(x)
                .labels("good", Labels.values(labels))
                .labels("wild", Labels.values(wild))
                .build());
    }

    private Trainer trainer(MultiTaskModel model, OnDivergence rule) {
        return Trainer.builder(model)
                .optimizer(new Adam(0.01))
                .epochs(3)
                .batchSize(2)
                .onDivergence(rule)
                .listener(event -> {
                    if (event instanceof TrainingEvent.Diverged diverged) {
                        heard.add(diverged);
                    }
                })
                .build();
    }

    private static boolean finite(MultiTaskModel model) {
        double sum = model.network().store().flat().sumNumber().doubleValue()
                + model.network().store().flatBuffers(0).sumNumber().doubleValue();
        return Double.isFinite(sum);
    }

    @Test
    void trainingStopsUnlessToldOtherwise() {
        MultiTaskModel model = model();
        TrainingDivergedException e = assertThrows(
                TrainingDivergedException.class,
                () -> trainer(model, OnDivergence.stop()).fit(data(1)));
        assertEquals("wild", e.task());
        assertTrue(heard.isEmpty());
        assertTrue(finite(model));
    }

    @Test
    void aStepIsLeftOutWithoutATrace() {
        MultiTaskModel model = model();
        INDArray before = model.network().store().flat().dup();
        TrainingResult result = trainer(model, OnDivergence.skipStep(1)).fit(data(1));
        assertEquals(3, result.epochs().size());
        assertEquals(3, heard.size());
        assertTrue(heard.stream().allMatch(d -> d.task().equals("wild")));
        assertEquals("the step was left out", heard.get(0).action());
        assertTrue(finite(model));
        assertNotEquals(before, model.network().store().flat());
        assertEquals(18, result.state().step());
    }

    @Test
    void tooManyStepsInARowEndTheTraining() {
        MultiTaskModel model = model();
        assertThrows(
                TrainingDivergedException.class,
                () -> trainer(model, OnDivergence.skipStep(2)).fit(data(EXAMPLES)));
        assertEquals(2, heard.size());
        assertTrue(finite(model));
    }

    @Test
    void rollingBackLowersTheRateAndStopsWhenItHappensTooOften() {
        MultiTaskModel model = model();
        TrainingResult result = trainer(model, OnDivergence.rollBack(3, 0.5)).fit(data(1));
        assertEquals(3, heard.size());
        assertTrue(heard.get(2).action().endsWith("learning rate times 0.125"), heard.toString());
        assertEquals(18, result.state().step());
        assertTrue(finite(model));
        heard.clear();
        assertThrows(
                TrainingDivergedException.class,
                () -> trainer(model(), OnDivergence.rollBack(2, 0.5)).fit(data(1)));
        assertEquals(2, heard.size());
    }

    /** Rectifiers make 0 of NaN, so that no loss tells what came in, and gradients of layers that rest are 0. */
    private static MultiTaskModel rectified() {
        return MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(4).batchNorm().dense(4))
                .task(Tasks.regression("good", 1))
                .task(Tasks.regression("wild", 1))
                .seed(1)
                .build();
    }

    private static TrainerBuilder resting(MultiTaskModel model) {
        return Trainer.builder(model).schedule(Schedules.frozenBelow(2));
    }

    private static SourceBatch batch(INDArray features) {
        INDArray labels = Nd4j.ones(DataType.FLOAT, features.size(0), 1);
        return new SourceBatch(features, null, Map.of("good", labels, "wild", labels), Map.of());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void featuresThatAreNotFiniteAreNoticedBehindRectifiersToo(float bad) {
        INDArray x = Nd4j.linspace(DataType.FLOAT, 0, 0.1, 16).reshape(8, 2);
        x.putScalar(5, 1, bad);
        DataSource source = new DataSource() {
            @Override
            public String input() {
                return MultiTaskModel.DEFAULT_INPUT;
            }

            @Override
            public int size() {
                return 8;
            }

            @Override
            public Set<String> tasks() {
                return Set.of("good", "wild");
            }

            @Override
            public SourceBatch batch(int[] indices, RandomGenerator random) {
                return OnDivergenceTest.batch(x).select(indices);
            }
        };
        MultiTaskModel model = rectified();
        TrainingResult result = resting(model)
                .batchSize(2)
                .epochs(2)
                .onDivergence(OnDivergence.skipStep(1))
                .listener(event -> {
                    if (event instanceof TrainingEvent.Diverged diverged) {
                        heard.add(diverged);
                    }
                })
                .build()
                .fit(MultiTaskData.of(source));
        assertEquals(2, heard.size());
        String text = "task \"good\": input \"input\" has a feature that is " + bad + ", in example ";
        assertTrue(heard.get(0).reason().startsWith(text), heard.toString());
        assertEquals(2, result.epochs().size());
        assertTrue(finite(model));

        OnlineTrainer online = resting(model).online();
        MultiTaskBatch batch = new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, batch(x)));
        String message = assertThrows(TrainingDivergedException.class, () -> online.update(batch))
                .getMessage();
        assertTrue(message.startsWith(text + "5 of the batch, in epoch 0 at step 0"), message);
        assertTrue(finite(model));
    }

    @Test
    void numbersTooLargeForRunningStatisticsAreNoticedBehindRectifiersToo() {
        MultiTaskModel model = rectified();
        OnlineTrainer online = resting(model).online();
        INDArray x = Nd4j.linspace(DataType.FLOAT, 0, 2e37f, 16).reshape(8, 2);
        String message = assertThrows(
                        TrainingDivergedException.class,
                        () -> online.update(new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, batch(x)))))
                .getMessage();
        assertTrue(message.contains("running statistics of input \"input\" are not finite"), message);
        assertTrue(finite(model));
    }

    @Test
    void badSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> OnDivergence.skipStep(0));
        assertThrows(IllegalArgumentException.class, () -> OnDivergence.rollBack(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> OnDivergence.rollBack(1, 0));
        assertThrows(IllegalArgumentException.class, () -> OnDivergence.rollBack(1, 1.5));
    }
}
