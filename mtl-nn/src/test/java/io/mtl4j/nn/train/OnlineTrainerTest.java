package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.ParameterPenalty;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.TwoTasks;
import io.mtl4j.schedule.EarlyStopping;
import io.mtl4j.schedule.Schedules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class OnlineTrainerTest {

    private static final DataSource DATA = TwoTasks.data(1).sources().get(0);

    private static MultiTaskBatch batch(int step) {
        int[] indices = IntStream.range(0, 8).map(i -> (8 * step + i) % 24).toArray();
        return new MultiTaskBatch(Map.of(DATA.input(), DATA.batch(indices, new Random(0))));
    }

    private static INDArray learn(MultiTaskModel model, TrainerBuilder builder, int steps) {
        OnlineTrainer online = builder.seed(5).online();
        for (int i = 0; i < steps; i++) {
            online.update(batch(i));
            model.predictBatch(batch(0).sources().get(DATA.input()).features());
        }
        assertEquals(steps, online.updates());
        return model.network().store().flat().dup();
    }

    @Test
    void batchesAreTransformedFirst() {
        MultiTaskModel plain = SmallTraining.model();
        MultiTaskModel halved = SmallTraining.model();
        INDArray expected = learn(plain, Trainer.builder(plain), 2);
        List<Long> steps = new ArrayList<>();
        TrainerBuilder builder = Trainer.builder(halved).transform((batch, step, total) -> {
            steps.add(step);
            SourceBatch source = batch.sources().get(DATA.input());
            return new MultiTaskBatch(
                    Map.of(DATA.input(), source.withFeatures(source.features().mul(0.5))));
        });
        assertNotEquals(expected, learn(halved, builder, 2));
        assertEquals(List.of(0L, 1L), steps);
    }

    @Test
    void updatesAreDeterministicAndRememberMoments() {
        MultiTaskModel one = SmallTraining.model();
        MultiTaskModel two = SmallTraining.model();
        INDArray first = learn(one, Trainer.builder(one).optimizer(new Adam(0.02)), 6);
        assertEquals(first, learn(two, Trainer.builder(two).optimizer(new Adam(0.02)), 6));
        MultiTaskModel forgetful = SmallTraining.model();
        learn(forgetful, Trainer.builder(forgetful).optimizer(new Adam(0.02)), 3);
        OnlineTrainer fresh =
                Trainer.builder(forgetful).optimizer(new Adam(0.02)).seed(5).online();
        for (int i = 3; i < 6; i++) {
            fresh.update(batch(i));
        }
        assertTrue(first.distance2(forgetful.network().store().flat()) > 1e-4);
    }

    /** Running statistics take in a batch on its way forward, before anyone sees that its loss is not finite. */
    @Test
    void anUpdateThatDivergesLeavesNoTrace() {
        MultiTaskModel model = SmallTraining.model();
        MultiTaskModel other = SmallTraining.model();
        OnlineTrainer online = Trainer.builder(model).optimizer(new Adam(0.02)).online();
        OnlineTrainer calm = Trainer.builder(other).optimizer(new Adam(0.02)).online();
        online.update(batch(0));
        calm.update(batch(0));
        SourceBatch good = batch(1).sources().get(DATA.input());
        Map<String, INDArray> labels = new HashMap<>(good.labels());
        labels.put("a", good.labels().get("a").mul(0).add(1e30));
        SourceBatch bad = new SourceBatch(good.features(), null, labels, Map.of());
        assertThrows(
                TrainingDivergedException.class, () -> online.update(new MultiTaskBatch(Map.of(DATA.input(), bad))));
        assertEquals(
                other.network().store().flatBuffers(0), model.network().store().flatBuffers(0));
        assertEquals(other.network().store().flat(), model.network().store().flat());
        online.update(batch(2));
        calm.update(batch(2));
        assertEquals(
                other.network().store().flatBuffers(0), model.network().store().flatBuffers(0));
        assertEquals(other.network().store().flat(), model.network().store().flat());
    }

    @Test
    void lossesFallAndTellOnlyTasksWithLabels() {
        MultiTaskModel model = SmallTraining.model();
        OnlineTrainer online =
                Trainer.builder(model).aggregation(Aggregations.upGrad()).online();
        Map<String, Double> before = online.update(batch(0));
        assertEquals(List.of("a", "b"), List.copyOf(before.keySet()));
        for (int i = 0; i < 60; i++) {
            online.update(batch(i));
        }
        assertTrue(online.update(batch(0)).get("a") < before.get("a"));
        SourceBatch all = batch(0).sources().get(DATA.input());
        SourceBatch onlyB =
                new SourceBatch(all.features(), null, Map.of("b", all.labels().get("b")), Map.of());
        assertEquals(
                List.of("b"),
                List.copyOf(online.update(new MultiTaskBatch(Map.of(DATA.input(), onlyB)))
                        .keySet()));
    }

    @Test
    void aPenaltyPullsWhateverTheTasksSay() {
        MultiTaskModel free = SmallTraining.model();
        MultiTaskModel pulled = SmallTraining.model();
        INDArray start = free.network().store().trained().dup();
        learn(free, Trainer.builder(free).optimizer(new Sgd(0.1)), 1);
        learn(pulled, Trainer.builder(pulled).optimizer(new Sgd(0.1)).penalty(new Squares()), 1);
        INDArray expected =
                free.network().store().trained().sub(start.mul(0.1)); // one more step of 0.1 along the gradient θ
        assertTrue(expected.distance2(pulled.network().store().trained()) < 1e-5);
    }

    /** Half the sum of all squares. */
    private static final class Squares implements ParameterPenalty {

        private final List<Parameter> parameters =
                SmallTraining.model().network().store().layout().parameters();

        @Override
        public double value(Function<Parameter, INDArray> values) {
            return parameters.stream()
                    .mapToDouble(p -> values.apply(p).norm2Number().doubleValue())
                    .map(norm -> norm * norm / 2)
                    .sum();
        }

        @Override
        public void addGradient(Function<Parameter, INDArray> values, Function<Parameter, INDArray> gradients) {
            parameters.forEach(p -> gradients.apply(p).addi(values.apply(p)));
        }
    }

    @Test
    void whatNeedsAWholeTrainingIsRefused() {
        TrainerBuilder builder = Trainer.builder(SmallTraining.model()).earlyStopping(EarlyStopping.patience(2));
        assertEquals(
                "online training with early stopping; an update is one step on one batch, so leave it out or train with"
                        + " build().fit(...)",
                assertThrows(IllegalStateException.class, builder::online).getMessage());
        TrainerBuilder stopping =
                Trainer.builder(SmallTraining.model()).schedule(Schedules.stopping(Schedules.joint(), 1));
        assertThrows(IllegalStateException.class, stopping::online);
        OnlineTrainer online = Trainer.builder(SmallTraining.model()).online();
        SourceBatch bare = SourceBatch.of(batch(0).sources().get(DATA.input()).features(), null);
        assertEquals(
                "a batch without labels of any of the tasks [a, b]; an update needs labels of at least one",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> online.update(new MultiTaskBatch(Map.of(DATA.input(), bare))))
                        .getMessage());
    }

    @Test
    void unfreezingBeginsWithTheHeads() {
        MultiTaskModel model = SmallTraining.model();
        Parameter encoder = model.network().store().layout().parameters().stream()
                .filter(p -> p.name().startsWith("encoder.") && p.name().endsWith("W"))
                .findFirst()
                .orElseThrow();
        INDArray before = model.network().store().values()[encoder.index()].dup();
        learn(model, Trainer.builder(model).schedule(Schedules.unfreezing(1)), 3);
        assertEquals(before, model.network().store().values()[encoder.index()]);
    }
}
