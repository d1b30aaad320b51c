package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.aggregation.GramianAggregator;
import io.mtl4j.data.Samplings;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterLayout;
import io.mtl4j.schedule.EarlyStopping;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.step.TrainingStep;
import io.mtl4j.weighting.Weightings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class TrainerTest {

    private final MultiTaskData train = Fixtures.data(96, 40, DataType.FLOAT);
    private final MultiTaskData validation = Fixtures.data(48, 24, DataType.FLOAT);

    private static MultiTaskModel model() {
        return Fixtures.model(DataType.FLOAT, Fixtures.dense(16), new Dropout(0.1), Fixtures.dense(8));
    }

    private TrainingResult fit(MultiTaskModel model, UnaryOperator<TrainerBuilder> settings) {
        TrainerBuilder builder = Trainer.builder(model)
                .optimizer(new Adam(0.01))
                .epochs(8)
                .batchSize(16)
                .seed(3);
        return settings.apply(builder).build().fit(train, validation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"equal", "inverse-loss", "dwa", "uncertainty", "famo", "grad-norm", "auto-lambda"})
    void everyKindOfWeightingLearnsAllTasks(String name) {
        TrainingResult result =
                fit(model(), b -> b.weighting(Weightings.byName(name)).heldOut(validation));
        assertLearned(result);
    }

    static Stream<Aggregator> aggregators() {
        return Stream.of(
                Aggregations.sum(),
                Aggregations.mean(),
                Aggregations.mgda(),
                Aggregations.upGrad(),
                Aggregations.pcGrad(),
                Aggregations.moDo(),
                Aggregations.dbMtl(),
                Aggregations.perLayer(Aggregations::upGrad),
                Aggregations.byName("pcgrad-per-layer"),
                Aggregations.byName("modo-per-matrix"));
    }

    @ParameterizedTest
    @MethodSource("aggregators")
    void everyKindOfAggregationLearnsAllTasks(Aggregator aggregator) {
        assertLearned(fit(model(), b -> b.aggregation(aggregator).epochs(25)));
    }

    private static void assertLearned(TrainingResult result) {
        var first = result.epochs().get(0).trainLosses();
        var last = result.epochs().get(result.epochs().size() - 1).trainLosses();
        first.forEach((task, loss) ->
                assertTrue(last.get(task) < 0.95 * loss, task + " went from " + loss + " to " + last.get(task)));
    }

    @Test
    void sumAggregationFollowsTheSamePathAsEqualWeights() {
        MultiTaskModel summed = model();
        MultiTaskModel aggregated = model();
        fit(summed, b -> b.optimizer(new Sgd(0.1)));
        fit(aggregated, b -> b.optimizer(new Sgd(0.1)).aggregation(Aggregations.sum()));
        assertTrue(parameters(summed).equalsWithEps(parameters(aggregated), 1e-4));
    }

    @Test
    void theSumOfEachLayerFollowsTheSamePathAsTheSumOfTheWhole() {
        MultiTaskModel whole = model();
        MultiTaskModel byLayer = model();
        fit(whole, b -> b.optimizer(new Sgd(0.1)).aggregation(Aggregations.sum()));
        fit(byLayer, b -> b.optimizer(new Sgd(0.1)).aggregation(Aggregations.byName("sum-per-layer")));
        assertTrue(parameters(whole).equalsWithEps(parameters(byLayer), 1e-4));
    }

    @Test
    void eachLayerHasAMethodOfItsOwnThatSeesItsPartOfTheGradients() {
        List<double[][]> parts = new ArrayList<>();
        List<double[][]> wholes = new ArrayList<>();
        GramianAggregator recorder = new GramianAggregator() {
            @Override
            public String name() {
                return "recorder";
            }

            @Override
            public double[] weights(double[][] gramian, TrainingStep step) {
                parts.add(gramian);
                return new double[gramian.length];
            }
        };
        fit(
                model(),
                b -> b.aggregation(Aggregations.perLayer(() -> recorder))
                        .epochs(1)
                        .batchSize(96)
                        .listener(event -> {
                            if (event instanceof TrainingEvent.GramianSeen seen) {
                                wholes.add(seen.gramian());
                            }
                        }));
        assertEquals(1, wholes.size());
        assertEquals(2, parts.size(), "the two dense layers of the encoder");
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = parts.get(0)[i][j] + parts.get(1)[i][j];
                assertEquals(wholes.get(0)[i][j], sum, 1e-5 * wholes.get(0)[i][i]);
            }
        }
    }

    @Test
    void aResumedMethodForEachLayerGoesOnBitForBit() {
        MultiTaskModel unbroken = model();
        MultiTaskModel broken = model();
        fit(unbroken, b -> b.aggregation(Aggregations.byName("gradvac-per-layer")));
        TrainingResult half = fit(
                broken,
                b -> b.aggregation(Aggregations.byName("gradvac-per-layer")).epochs(3));
        half.state().last().restore(broken);
        Trainer.builder(broken)
                .optimizer(new Adam(0.01))
                .aggregation(Aggregations.byName("gradvac-per-layer"))
                .epochs(8)
                .batchSize(16)
                .seed(3)
                .build()
                .resume(half.state())
                .fit(train, validation);
        assertEquals(parameters(unbroken), parameters(broken));
    }

    @Test
    void sameSeedSameResultAndAnotherSeedAnother() {
        MultiTaskModel first = model();
        MultiTaskModel second = model();
        MultiTaskModel third = model();
        fit(first, b -> b);
        fit(second, b -> b);
        fit(third, b -> b.seed(4));
        assertEquals(parameters(first), parameters(second));
        assertNotEquals(parameters(first), parameters(third));
    }

    @Test
    void aResumedTrainingEndsBitForBitWhereAnUnbrokenOneEnds() {
        MultiTaskModel unbroken = model();
        MultiTaskModel broken = model();
        UnaryOperator<TrainerBuilder> settings =
                b -> b.weighting(Weightings.dwa()).learningRate(LearningRate.constant());
        settings.apply(Trainer.builder(unbroken).epochs(6).seed(3)).build().fit(train);
        TrainingResult half = settings.apply(Trainer.builder(broken).epochs(3).seed(3))
                .build()
                .fit(train);
        settings.apply(Trainer.builder(broken).epochs(6).seed(3))
                .build()
                .resume(half.state())
                .fit(train);
        assertEquals(parameters(unbroken), parameters(broken));
    }

    @Test
    void aTrainingThatStoppedEarlyGoesOnAsIfItHadNot() {
        MultiTaskModel unbroken = model();
        MultiTaskModel broken = model();
        UnaryOperator<TrainerBuilder> settings =
                b -> b.optimizer(new Adam(0.05)).epochs(9);
        fit(unbroken, settings);
        TrainingResult half = fit(broken, b -> settings.apply(b).earlyStopping(EarlyStopping.patience(2)));
        int done = half.epochs().size();
        assertTrue(done < 9, "stopped after " + done);
        assertEquals(done, half.state().epoch());
        settings.apply(Trainer.builder(broken).batchSize(16).seed(3))
                .build()
                .resume(half.state())
                .fit(train, validation);
        assertEquals(parameters(unbroken), parameters(broken));
    }

    @Test
    void aWeightOfZeroLeavesATaskUntrainedUnderAnAggregatorToo() {
        MultiTaskModel model = model();
        INDArray before = parameters(model);
        fit(
                model,
                b -> b.optimizer(new Sgd(0.1))
                        .weighting(Weightings.fixed(1, 1, 0))
                        .aggregation(Aggregations.upGrad())
                        .epochs(1));
        ParameterLayout layout = model.network().store().layout();
        for (Parameter p : layout.parameters()) {
            long at = layout.offset(p);
            boolean same = before.getDouble(at) == parameters(model).getDouble(at);
            assertEquals(p.owner() == 2, same, p.name());
        }
    }

    @Test
    void validationDataAreCheckedBeforeAnythingIsTrained() {
        MultiTaskModel model = model();
        INDArray before = parameters(model);
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.builder(model).build().fit(train, MultiTaskData.of(Fixtures.b(4, DataType.FLOAT))));
        assertEquals(before, parameters(model));
    }

    @Test
    void keepsTheBestEpochAndStopsEarly() {
        MultiTaskModel model = model();
        TrainingResult result =
                fit(model, b -> b.optimizer(new Adam(0.1)).epochs(60).earlyStopping(EarlyStopping.patience(4)));
        assertTrue(
                result.epochs().size() < 60, "stopped after " + result.epochs().size());
        assertEquals(result.epochs().size() - 1 - 4, result.best().epoch());
        double loss = result.best().validation().get("one").get("loss");
        assertEquals(
                loss,
                io.mtl4j.nn.evaluate.Evaluator.evaluate(model, validation)
                        .task("one")
                        .loss(),
                1e-6);
    }

    @Test
    void divergenceNamesTheTaskAndPutsTheLastGoodEpochBack() {
        MultiTaskModel model = model();
        List<INDArray> good = new ArrayList<>();
        good.add(parameters(model));
        Trainer trainer = Trainer.builder(model)
                .optimizer(new Sgd(0.1))
                .learningRate((step, total) -> step < 12 ? 1 : 1e30)
                .epochs(9)
                .batchSize(16)
                .listener(event -> {
                    if (event instanceof TrainingEvent.EpochDone) {
                        good.add(parameters(model));
                    }
                })
                .build();
        TrainingDivergedException stopped = assertThrows(TrainingDivergedException.class, () -> trainer.fit(train));
        assertTrue(model.tasks().names().contains(stopped.task()));
        assertTrue(stopped.getMessage().startsWith("task \"" + stopped.task() + "\": "), stopped.getMessage());
        assertEquals(good.get(good.size() - 1), parameters(model));
        assertEquals(3, good.size());
    }

    @Test
    void samplingsGradientClippingAndBatchSizesByInputWork() {
        assertLearned(fit(
                model(),
                b -> b.sampling(Samplings.roundRobin()).batchSize("b", 8).epochs(12)));
        assertLearned(fit(
                model(),
                b -> b.sampling(Samplings.proportional(1))
                        .clipping(GradientClipping.norm(1))
                        .epochs(12)));
    }

    @Test
    void refusesWhatCannotWork() {
        MultiTaskModel model = model();
        assertThrows(
                IllegalArgumentException.class, () -> Trainer.builder(model).optimizer(new Adam(-5)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.builder(model).epochs(0).build());
        assertThrows(
                IllegalStateException.class,
                () -> Trainer.builder(model).weighting(Weightings.autoLambda()).build());
        IllegalArgumentException missing = assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.builder(model).build().fit(MultiTaskData.of(Fixtures.b(4, DataType.FLOAT))));
        assertEquals(
                "task \"one\" has no labels in the training data; add labels for it or leave the task out of the model",
                missing.getMessage());
    }

    private static INDArray parameters(MultiTaskModel model) {
        return model.network().store().flat().dup();
    }
}
