package io.mtl4j.nn.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.grouping.AffinityMeter;
import io.mtl4j.grouping.TaskAffinity;
import io.mtl4j.grouping.TaskGroup;
import io.mtl4j.grouping.TaskGrouping;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.TaskSelection;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Checkpoints;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.weighting.Weightings;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;

class GroupedModelTest {

    private static final List<String> TASKS = List.of("sum", "mean", "noise");
    private static final MultiTaskData TRAIN = data(1);

    @TempDir
    private Path folder;

    /** Two tasks that are the same up to scale, and one without sense. */
    private static MultiTaskData data(long seed) {
        Random random = new Random(seed);
        float[][] features = new float[120][6];
        float[] sum = new float[120];
        float[] mean = new float[120];
        float[] noise = new float[120];
        for (int i = 0; i < features.length; i++) {
            for (int j = 0; j < 6; j++) {
                features[i][j] = (float) random.nextGaussian();
                sum[i] += features[i][j];
            }
            mean[i] = sum[i] / 2 + 0.1f * (float) random.nextGaussian();
            noise[i] = 2 * (float) random.nextGaussian();
        }
        return MultiTaskData.of(ArraySource.builder("input")
                .features(features)
                .labels("sum", Labels.values(sum))
                .labels("mean", Labels.values(mean))
                .labels("noise", Labels.values(noise))
                .build());
    }

    private static MultiTaskModel model(List<String> tasks, DataType type, long seed) {
        ModelBuilder builder = MultiTaskModel.builder()
                .input(Shape.vector(6))
                .encoder(Encoders.mlp().dense(24))
                .dataType(type)
                .seed(seed);
        tasks.forEach(task -> builder.task(Tasks.regression(task, 1)));
        return builder.build();
    }

    private static TrainerBuilder trainer(MultiTaskModel model) {
        return Trainer.builder(model)
                .optimizer(new Sgd(0.05))
                .epochs(3)
                .batchSize(20)
                .seed(model.seed());
    }

    private static MultiTaskModel train(List<String> tasks, MultiTaskData train, long seed) {
        MultiTaskModel model = model(tasks, DataType.FLOAT, seed);
        trainer(model).build().fit(train);
        return model;
    }

    @Test
    void relatedTasksHelpEachOtherAndAreGroupedApartFromNoise() {
        for (long seed = 1; seed <= 3; seed++) {
            MultiTaskModel model = model(TASKS, DataType.FLOAT, seed);
            AffinityMeter meter = AffinityMeter.around(Weightings.equal());
            trainer(model).weighting(meter).epochs(10).build().fit(TRAIN);
            TaskAffinity affinity = meter.affinity(model.tasks());
            assertTrue(affinity.of("sum", "mean") > 2 * affinity.of("noise", "mean"), affinity.table());
            TaskGrouping grouping = TaskGrouping.best(affinity, 2);
            assertEquals(List.of("sum", "mean"), grouping.groupOf("sum").tasks(), affinity.table());
            assertEquals(List.of("sum", "mean"), grouping.groupOf("mean").tasks(), affinity.table());
            assertEquals(List.of("noise"), grouping.groupOf("noise").serves(), affinity.table());
        }
    }

    /** To first order, Z_{i→j} = η <∇L_i, ∇L_j> / L_j over the shared parameters; here by doing the step by hand. */
    @Test
    void theAffinityIsThatOfAStepOnTheSharedParameters() {
        MultiTaskModel model = model(TASKS, DataType.DOUBLE, 2);
        MultiTaskModel moved = model.copy();
        AffinityMeter meter =
                AffinityMeter.around(Weightings.equal()).fromEpoch(0).stepFactor(2);
        trainer(model).weighting(meter).epochs(1).batchSize(120).build().fit(TRAIN);
        TaskAffinity affinity = meter.affinity(model.tasks());
        double[] before = losses(moved);
        MultiTaskModel start = moved.copy();
        Trainer.builder(moved)
                .weighting(Weightings.fixed(1, 0, 0))
                .optimizer(new Sgd(0.1))
                .epochs(1)
                .batchSize(120)
                .build()
                .fit(TRAIN);
        long shared = start.sharedParameterCount();
        for (long p = shared; p < start.parameterCount(); p++) {
            moved.network()
                    .store()
                    .flat()
                    .putScalar(p, start.network().store().flat().getDouble(p));
        }
        double[] after = losses(moved);
        for (int j = 0; j < 3; j++) {
            assertEquals(1 - after[j] / before[j], affinity.of("sum", TASKS.get(j)), 1e-9);
        }
    }

    private static double[] losses(MultiTaskModel model) {
        Evaluation evaluation = Evaluator.evaluate(model, TRAIN);
        return TASKS.stream().mapToDouble(task -> evaluation.task(task).loss()).toArray();
    }

    @Test
    void measuringChangesNothingInWhatIsLearned() {
        MultiTaskModel plain = model(TASKS, DataType.FLOAT, 4);
        MultiTaskModel measured = model(TASKS, DataType.FLOAT, 4);
        trainer(plain).weighting(Weightings.dwa()).build().fit(TRAIN);
        trainer(measured)
                .weighting(AffinityMeter.around(Weightings.dwa()).fromEpoch(0).every(2))
                .build()
                .fit(TRAIN);
        assertEquals(plain.network().store().flat(), measured.network().store().flat());
    }

    @Test
    void affinitiesSurviveAStopOfTheTraining() {
        MultiTaskModel whole = model(TASKS, DataType.FLOAT, 4);
        AffinityMeter unbroken = AffinityMeter.around(Weightings.equal());
        trainer(whole).weighting(unbroken).build().fit(TRAIN);
        AffinityMeter resumed = null;
        for (int part = 0; part < 2; part++) {
            MultiTaskModel model = model(TASKS, DataType.FLOAT, 4);
            resumed = AffinityMeter.around(Weightings.equal());
            trainer(model)
                    .weighting(resumed)
                    .epochs(2 + part)
                    .checkpoints(Checkpoints.in(folder).resuming())
                    .build()
                    .fit(TRAIN);
        }
        assertEquals(unbroken.affinity(whole.tasks()), resumed.affinity(whole.tasks()));
    }

    @Test
    void eachTaskIsAnsweredByTheModelOfItsGroup() {
        TaskGrouping grouping = new TaskGrouping(
                List.of(
                        new TaskGroup(List.of("mean", "sum"), List.of("sum")),
                        new TaskGroup(List.of("mean", "noise"), List.of("mean", "noise"))),
                0);
        GroupedModel grouped = GroupedModel.train(grouping, TRAIN, 3, GroupedModelTest::train);
        assertEquals(List.of("sum", "mean", "noise"), grouped.tasks().names());
        float[] example = {1, 2, 3, 4, 5, 6};
        double sum = grouped.predict(example).task("sum").value();
        assertEquals(sum, grouped.models().get(0).predict(example).task("sum").value());
        assertEquals(
                grouped.models().get(1).predict(example).task("mean").value(),
                grouped.predict(example).task("mean").value());
        Evaluation evaluation = Evaluator.evaluate(grouped, TRAIN);
        assertEquals(
                Evaluator.evaluate(grouped.models().get(1), TaskSelection.of(TRAIN, Set.of("noise")))
                        .task("noise")
                        .metric("rmse"),
                evaluation.task("noise").metric("rmse"));
        GroupedModel again = GroupedModel.train(grouping, TRAIN, 3, GroupedModelTest::train);
        assertArrayEquals(
                grouped.models().get(0).network().store().flat().toDoubleVector(),
                again.models().get(0).network().store().flat().toDoubleVector());
    }

    @Test
    void saysWhatIsWrong() {
        TaskGrouping one = new TaskGrouping(List.of(new TaskGroup(TASKS, TASKS)), 0);
        message("0 models for 1 groups", () -> new GroupedModel(one, List.of()));
        message("no task \"mean\"", () -> new GroupedModel(one, List.of(model(List.of("sum"), DataType.FLOAT, 1))));
        GroupedModel grouped = new GroupedModel(one, List.of(model(TASKS, DataType.FLOAT, 1)));
        message("no input \"x\"", () -> grouped.outputs("x", null));
        message("no data source has labels of the tasks [age]", () -> TaskSelection.of(TRAIN, List.of("age")));
    }

    private static void message(String part, Runnable wrong) {
        String message =
                assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
