package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Test
    void badSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> OnDivergence.skipStep(0));
        assertThrows(IllegalArgumentException.class, () -> OnDivergence.rollBack(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> OnDivergence.rollBack(1, 0));
        assertThrows(IllegalArgumentException.class, () -> OnDivergence.rollBack(1, 1.5));
    }
}
