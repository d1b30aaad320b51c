package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterStore;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.schedule.Progress;
import io.mtl4j.schedule.Schedules;
import io.mtl4j.schedule.StepPlan;
import io.mtl4j.schedule.StepPlan.Layers;
import io.mtl4j.schedule.TrainingSchedule;
import io.mtl4j.weighting.Weightings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** What really trains under a schedule. */
class ScheduleTest {

    private static final Set<String> HEADS = Set.of("head:a", "head:b");

    private final INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 24, 4);
    private final INDArray y = GradientCheck.array(GradientCheck.random(2), 1, 24, 1);

    private static MultiTaskModel model(Sharing sharing) {
        return MultiTaskModel.builder()
                .input(Shape.vector(4))
                .encoder(Encoders.mlp().dense(5).dropout(0.1).dense(3).l2(0.1).dense(3))
                .sharing(sharing)
                .task(Tasks.regression("a", 1))
                .task(Tasks.regression("b", 1))
                .dataType(DataType.DOUBLE)
                .seed(3)
                .build();
    }

    private MultiTaskData data() {
        return MultiTaskData.of(ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(x)
                .labels("a", Labels.of(y))
                .labels("b", Labels.of(y.mul(-3)))
                .build());
    }

    private record Fixed(StepPlan plan) implements TrainingSchedule {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public StepPlan plan(Progress progress) {
            return plan;
        }
    }

    private static TrainerBuilder trainer(MultiTaskModel model, TrainingSchedule schedule) {
        return Trainer.builder(model)
                .optimizer(new AdamW(1e-2, 0.1))
                .schedule(schedule)
                .epochs(2)
                .batchSize(8);
    }

    /** The layers whose parameters changed. */
    private Set<String> changed(Sharing sharing, StepPlan plan, boolean aggregate) {
        MultiTaskModel model = model(sharing);
        ParameterStore store = model.network().store();
        INDArray before = store.flat().dup();
        TrainerBuilder builder = trainer(model, new Fixed(plan));
        if (aggregate) {
            builder.aggregation(Aggregations.upGrad());
        }
        builder.build().fit(data());
        Set<String> changed = new TreeSet<>();
        for (Parameter p : store.layout().parameters()) {
            if (!store.layout().views(before)[p.index()].equals(store.values()[p.index()])) {
                changed.add(p.name().replaceAll("(head:.|encoder\\.[^.]*(\\.[0-9])?).*", "$1"));
            }
        }
        return changed;
    }

    @Test
    void onlyWhatIsPlannedChangesExactly() {
        StepPlan all = StepPlan.of(List.of(1.0, 1.0));
        for (boolean aggregate : new boolean[] {false, true}) {
            assertEquals(HEADS, changed(Sharings.hard(), all.withEncoder(Layers.NONE), aggregate));
            assertEquals(
                    Set.of("encoder.0", "encoder.2", "encoder.3"),
                    changed(Sharings.hard(), all.withoutHeads(), aggregate));
            assertEquals(
                    Set.of("encoder.2", "head:a", "head:b"),
                    changed(Sharings.hard(), all.withEncoder(new Layers(1, 2)), aggregate));
            StepPlan onlyB = StepPlan.of(List.of(0.0, 1.0));
            assertEquals(
                    Set.of("encoder.0", "encoder.2", "encoder.3", "head:b"),
                    changed(Sharings.hard(), onlyB, aggregate));
            assertEquals(
                    Set.of("encoder.expert0.2", "encoder.expert1.2", "head:a", "head:b"),
                    changed(Sharings.mmoe(2), all.withEncoder(new Layers(1, 2)), aggregate));
        }
    }

    @Test
    void everythingInEveryStepIsTrainingWithoutASchedule() {
        MultiTaskModel one = model(Sharings.hard());
        MultiTaskModel two = model(Sharings.hard());
        trainer(one, Schedules.joint()).build().fit(data());
        Trainer.builder(two)
                .optimizer(new AdamW(1e-2, 0.1))
                .epochs(2)
                .batchSize(8)
                .build()
                .fit(data());
        assertEquals(one.network().store().flat(), two.network().store().flat());
    }

    @Test
    void aFactorMultipliesTheTasksWeight() {
        MultiTaskModel one = model(Sharings.hard());
        MultiTaskModel two = model(Sharings.hard());
        Trainer.builder(one)
                .optimizer(new Sgd(0.01))
                .schedule(new Fixed(StepPlan.of(List.of(1.0, 0.25))))
                .epochs(1)
                .build()
                .fit(data());
        Trainer.builder(two)
                .optimizer(new Sgd(0.01))
                .weighting(Weightings.fixed(1, 0.25))
                .epochs(1)
                .build()
                .fit(data());
        assertEquals(one.network().store().flat(), two.network().store().flat());
    }

    @Test
    void whatRestsKeepsTheOptimisersMemory() {
        MultiTaskModel rested = model(Sharings.hard());
        MultiTaskModel plain = model(Sharings.hard());
        Trainer.builder(rested)
                .optimizer(new Adam(1e-2))
                .schedule(restingHeads())
                .epochs(2)
                .batchSize(24)
                .build()
                .fit(data());
        TrainingResult first = Trainer.builder(plain)
                .optimizer(new Adam(1e-2))
                .epochs(1)
                .batchSize(24)
                .build()
                .fit(data());
        INDArray heads = rested.network().store().flat();
        long from = rested.network().store().layout().sharedLength();
        for (long i = from; i < heads.length(); i++) {
            assertEquals(plain.network().store().flat().getDouble(i), heads.getDouble(i), "at " + i);
        }
        assertEquals(1, first.state().step());
    }

    /** All in the first epoch, then the encoder alone. */
    private static TrainingSchedule restingHeads() {
        return new TrainingSchedule() {
            @Override
            public String name() {
                return "resting-heads";
            }

            @Override
            public StepPlan plan(Progress progress) {
                StepPlan all = StepPlan.everything(progress.tasks());
                return progress.epoch() == 0 ? all : all.withoutHeads();
            }
        };
    }

    @Test
    void learningRatesOfTasksAndLayersMultiplyUpdates() {
        MultiTaskModel plain = model(Sharings.hard());
        MultiTaskModel slow = model(Sharings.hard());
        INDArray before = plain.network().store().flat().dup();
        for (MultiTaskModel model : List.of(plain, slow)) {
            TrainerBuilder builder =
                    Trainer.builder(model).optimizer(new Adam(1e-2)).epochs(1).batchSize(24);
            (model == slow ? builder.taskLearningRate("b", 3).layerDecay(0.5) : builder)
                    .build()
                    .fit(data());
        }
        for (Parameter p : plain.network().store().layout().parameters()) {
            INDArray old = plain.network().store().layout().views(before)[p.index()];
            INDArray one = plain.network().store().values()[p.index()].sub(old);
            INDArray two = slow.network().store().values()[p.index()].sub(old);
            double factor = p.name().startsWith("encoder.0")
                    ? 0.25
                    : p.name().startsWith("encoder.2") ? 0.5 : p.name().startsWith("head:b") ? 3 : 1;
            assertTrue(two.equalsWithEps(one.mul(factor), 1e-14), p.name());
        }
    }

    @Test
    void resumingGoesOnWhereTheScheduleWas() {
        MultiTaskModel whole = model(Sharings.hard());
        trainer(whole, Schedules.progressive("b").thenAfterPlateau("a", 1).warmUp(1))
                .epochs(6)
                .build()
                .fit(data(), data());
        MultiTaskModel parts = model(Sharings.hard());
        TrainingResult first = trainer(
                        parts,
                        Schedules.progressive("b").thenAfterPlateau("a", 1).warmUp(1))
                .epochs(3)
                .build()
                .fit(data(), data());
        TrainingResult second = trainer(
                        parts,
                        Schedules.progressive("b").thenAfterPlateau("a", 1).warmUp(1))
                .epochs(6)
                .build()
                .resume(first.state())
                .fit(data(), data());
        assertEquals(6, second.state().epoch());
        MultiTaskModel again = model(Sharings.hard());
        TrainingResult unbroken = trainer(
                        again,
                        Schedules.progressive("b").thenAfterPlateau("a", 1).warmUp(1))
                .epochs(6)
                .build()
                .fit(data(), data());
        assertEquals(unbroken.state().last().parameters(), second.state().last().parameters());
        assertEquals(whole.network().store().flat(), again.network().store().flat());
    }

    @Test
    void trainingEndsWhenAllTasksHaveStopped() {
        MultiTaskModel model = model(Sharings.hard());
        TrainingResult result = Trainer.builder(model)
                .optimizer(new Sgd(1e-30))
                .schedule(Schedules.stopping(Schedules.joint(), 2))
                .epochs(50)
                .build()
                .fit(data(), data());
        assertEquals(3, result.epochs().size());
    }

    @Test
    void whatCannotWorkIsRefusedEarly() {
        MultiTaskModel model = model(Sharings.hard());
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> trainer(model, Schedules.progressive("a").then("zzz", 1))
                                .build())
                .getMessage()
                .contains("no task \"zzz\""));
        Trainer needing =
                trainer(model, Schedules.stopping(Schedules.joint(), 1)).build();
        assertTrue(assertThrows(IllegalStateException.class, () -> needing.fit(data()))
                .getMessage()
                .contains("needs validation data"));
        Trainer wrong = trainer(model, new Fixed(StepPlan.of(List.of(1.0)))).build();
        assertTrue(assertThrows(IllegalStateException.class, () -> wrong.fit(data()))
                .getMessage()
                .contains("give one for each task"));
        assertThrows(
                IllegalArgumentException.class, () -> Trainer.builder(model).layerDecay(0));
        assertThrows(
                IllegalArgumentException.class, () -> Trainer.builder(model).taskLearningRate("a", -1));
    }
}
