package io.mtl4j.nn.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.SourceLabels;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.persist.FullDisk;
import io.mtl4j.nn.persist.ModelFileException;
import io.mtl4j.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class EnsembleTest {

    private static final MultiTaskData TRAIN = Points.data(200, 1);
    private static final MultiTaskData TEST = Points.data(300, 2);
    private static final INDArray EXAMPLES = Nd4j.createFromArray(new float[][] {{0.3f, -0.4f}, {-0.8f, 0.9f}});

    @Test
    void predictsTheMeanOfItsMembers() {
        Ensemble ensemble = new Ensemble(List.of(Points.model(1), Points.model(2)), new Average());
        List<Prediction> together = ensemble.predictBatch(EXAMPLES);
        for (int i = 0; i < 2; i++) {
            double[] mean = new double[4];
            double distance = 0;
            for (var member : ensemble.members()) {
                Prediction one = member.predictBatch(EXAMPLES).get(i);
                for (int c = 0; c < 4; c++) {
                    mean[c] += one.task("quadrant").probabilities()[c] / 2;
                }
                distance += one.task("distance").value() / 2;
            }
            assertArrayEquals(mean, together.get(i).task("quadrant").probabilities(), 1e-6);
            assertEquals(distance, together.get(i).task("distance").value(), 1e-4);
        }
        assertEquals(
                together.get(0).task("quadrant").label(),
                ensemble.predict(0.3f, -0.4f).task("quadrant").label());
    }

    /** The mean of squared errors is never below the squared error of the mean, on any data. */
    @Test
    void isBetterThanItsMembersAreOnAverage() {
        Ensemble ensemble = Ensembles.seeds(3, TRAIN, 5, Points::train);
        double members = 0;
        for (var member : ensemble.members()) {
            double rmse = Evaluator.evaluate(member, TEST).task("distance").metric("rmse");
            members += rmse * rmse / 3;
        }
        Evaluation together = Evaluator.evaluate(ensemble, TEST);
        double rmse = together.task("distance").metric("rmse");
        assertTrue(rmse * rmse < members, rmse * rmse + " against " + members);
        assertEquals(300, together.task("quadrant").labels());
        assertTrue(Double.isNaN(together.task("quadrant").loss()));
    }

    @Test
    void anEvaluationOfOneMemberIsThatOfTheModel() {
        MultiTaskModel model = Points.train(TRAIN, 3);
        Evaluation alone = Evaluator.evaluate(model, TEST);
        Evaluation wrapped = Evaluator.evaluate(new Ensemble(List.of(model), new Average()), TEST);
        for (String task : model.tasks().names()) {
            assertEquals(alone.task(task).labels(), wrapped.task(task).labels());
            assertEquals(
                    alone.task(task).metrics().toString(),
                    wrapped.task(task).metrics().toString());
        }
    }

    @Test
    void baggingDrawsWithReplacementAndIsDeterministic() {
        Bootstrap sample = Bootstrap.of(TRAIN, 4);
        assertEquals(200, sample.bag().sources().get(0).size());
        int left = sample.outOfBag().orElseThrow().sources().get(0).size();
        assertTrue(left > 50 && left < 100, left + " of 200 are left; 1/e of them are expected");
        Ensemble one = Ensembles.bagging(2, TRAIN, 9, Points::train);
        Ensemble same = Ensembles.bagging(2, TRAIN, 9, Points::train);
        Ensemble other = Ensembles.bagging(2, TRAIN, 10, Points::train);
        assertEquals(answers(one), answers(same));
        assertNotEquals(answers(one), answers(other));
        assertNotEquals(
                one.members().get(0).outputs("input", EXAMPLES, null),
                one.members().get(1).outputs("input", EXAMPLES, null));
    }

    @Test
    void snapshotsAreTakenWhereTheRateIsLowest() {
        MultiTaskModel model = Points.model(6);
        SnapshotEnsemble snapshots = new SnapshotEnsemble(model, 3);
        assertThrows(IllegalStateException.class, () -> snapshots.ensemble(1));
        Trainer.builder(model)
                .optimizer(new Adam(0.02))
                .learningRate(snapshots.learningRate())
                .listener(snapshots)
                .epochs(6)
                .batchSize(64)
                .build()
                .fit(TRAIN);
        assertEquals(3, snapshots.snapshots().size());
        assertEquals(2, snapshots.ensemble(2).members().size());
        assertEquals(
                model.outputs("input", EXAMPLES, null),
                snapshots.snapshots().get(2).outputs("input", EXAMPLES, null));
        assertNotEquals(
                model.outputs("input", EXAMPLES, null),
                snapshots.snapshots().get(0).outputs("input", EXAMPLES, null));
        CyclicCosine curve = new CyclicCosine(3);
        assertEquals(1, curve.factor(0, 24));
        assertEquals(0.5, curve.factor(12, 24), 1e-12);
        assertEquals(1, curve.factor(16, 24));
        assertTrue(curve.factor(23, 24) < 0.04);
    }

    /** Two members know something, the third guesses at random but is sure of itself. */
    @Test
    void stackingLearnsWhomToTrust() {
        MultiTaskModel wrong = Points.train(MultiTaskData.of(shuffledLabels()), 3);
        List<MultiTaskModel> members = List.of(Points.train(TRAIN, 1), Points.train(TRAIN, 2), wrong);
        Ensemble stacked = Stacking.fit(members, Points.data(200, 11), 1);
        Evaluation learned = Evaluator.evaluate(stacked, TEST);
        Evaluation averaged = Evaluator.evaluate(new Ensemble(members, new Average()), TEST);
        assertTrue(
                learned.task("distance").metric("rmse")
                        < 0.8 * averaged.task("distance").metric("rmse"),
                learned.report() + averaged.report());
        assertTrue(learned.task("quadrant").metric("accuracy")
                >= averaged.task("quadrant").metric("accuracy") - 0.01);
        assertEquals(answers(stacked), answers(Stacking.fit(members, Points.data(200, 11), 1)));
    }

    private static ArraySource shuffledLabels() {
        float[][] distances = SourceLabels.rows(Points.source(200, 77), "distance");
        int[] quadrants = new Seed(3).generator().ints(200, 0, 4).toArray();
        int[] all = IntStream.range(0, 200).toArray();
        SourceBatch batch = Points.source(200, 1).batch(all, new Seed(0).generator());
        return ArraySource.builder("input")
                .features(batch.features())
                .labels("quadrant", Labels.classes(quadrants))
                .labels("far", batch.labels().get("far"))
                .labels("distance", Labels.rows(distances))
                .build();
    }

    @Test
    void comesBackFromItsFolder(@TempDir Path folder) throws IOException {
        List<MultiTaskModel> members = List.of(Points.model(1), Points.model(2));
        for (Ensemble ensemble : List.of(
                Stacking.fit(members, Points.data(50, 3), 1),
                new Ensemble(members, new Vote()),
                new Ensemble(members, new Average(List.of(1.0, 2.0))))) {
            EnsembleFiles.save(ensemble, folder.resolve("e"));
            Ensemble loaded = EnsembleFiles.load(folder.resolve("e"));
            assertEquals(answers(ensemble), answers(loaded));
        }
        Files.delete(folder.resolve("e").resolve("ensemble.json"));
        String message = assertThrows(IllegalArgumentException.class, () -> EnsembleFiles.load(folder.resolve("e")))
                .getMessage();
        assertTrue(message.endsWith("give the folder in which an ensemble was saved"), message);
    }

    @Test
    void comesBackFromAFolderInMemoryAndIsNoneOnAFullDisk() throws IOException {
        Ensemble ensemble = new Ensemble(List.of(Points.model(1), Points.model(2)), new Vote());
        try (FullDisk disk = new FullDisk(1 << 20)) {
            Path folder = disk.path("/e");
            EnsembleFiles.save(ensemble, folder);
            assertEquals(answers(ensemble), answers(EnsembleFiles.load(folder)));
            disk.fill(1024);
            assertThrows(ModelFileException.class, () -> EnsembleFiles.save(ensemble, folder));
            assertThrows(IllegalArgumentException.class, () -> EnsembleFiles.load(folder), "no mixture of two");
        }
    }

    @Test
    void aDamagedListOfPartsIsRefused(@TempDir Path folder) throws IOException {
        Path list = folder.resolve("ensemble.json");
        for (String text : List.of("null", "[]", "{", "{\"format\":\"mtl4j-ensemble\",\"version\":1,\"members\":1}")) {
            Files.writeString(list, text);
            assertThrows(RuntimeException.class, () -> EnsembleFiles.load(folder), text);
            assertTrue(
                    assertThrows(RuntimeException.class, () -> EnsembleFiles.load(folder))
                            .getMessage()
                            .contains("ensemble.json"),
                    text);
        }
        Files.write(list, new byte[2 << 20]);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> EnsembleFiles.load(folder))
                .getMessage()
                .contains("longer than"));
    }

    @Test
    void saysWhatCannotBeSavedOrCombined(@TempDir Path folder) {
        MultiTaskModel other = MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(2))
                .task(Tasks.classification("quadrant", 3))
                .build();
        assertMessage("members need the same inputs and tasks", List.of(Points.model(1), other));
        assertMessage("an ensemble needs at least one", List.of());
        Ensemble inner = new Ensemble(List.of(Points.model(1)), new Average());
        assertThrows(
                IllegalArgumentException.class,
                () -> EnsembleFiles.save(new Ensemble(List.of(inner), new Average()), folder));
        assertThrows(
                IllegalArgumentException.class,
                () -> EnsembleFiles.save(new Ensemble(inner.members(), (head, all) -> all.get(0)), folder));
        assertFalse(Files.exists(folder.resolve("ensemble.json")));
        MultiTaskData noDistance = MultiTaskData.of(ArraySource.builder("input")
                .features(new float[][] {{1, 1}, {0, 1}})
                .labels("quadrant", Labels.classes(3, 2))
                .labels("far", Labels.classes(1, 0))
                .build());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Stacking.fit(inner.members(), noDistance, 1))
                .getMessage();
        assertTrue(message.startsWith("task \"distance\" has no labels in the held-out data"), message);
    }

    private static void assertMessage(String part, List<MultiTaskModel> members) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Ensemble(members, new Average()))
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    private static Object answers(Ensemble ensemble) {
        return ensemble.outputs("input", EXAMPLES, null);
    }

    @Test
    void onlyClassesLabelsAndValuesOfWholeExamplesAreStacked() {
        for (TaskHead head : List.of(Tasks.tagging("t", 3), Tasks.ranking("t"), Tasks.segmentation("t", 2))) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> StackingLearner.requireKind(head.task()))
                    .getMessage();
            assertTrue(message.contains("cannot be stacked"), message);
        }
        StackingLearner.requireKind(Tasks.regression("t", 1).task());
    }
}
