package io.mtl4j.nn.semi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TeachersTest {

    private static final double NAN = Double.NaN;
    private static final DataSource FEW = Moons.both(120, 6, 1);

    private static SourceBatch batch(Map<String, INDArray> labels, Map<String, INDArray> masks) {
        return new SourceBatch(Nd4j.zeros(4, 2), null, labels, masks);
    }

    private static double[] taught(SoftTargets targets, Head head, SourceBatch batch, INDArray answers) {
        String task = head.task().name();
        SourceBatch result = targets.apply(List.of(head), batch, Map.of(task, answers));
        assertTrue(result.labelMasks().isEmpty());
        return result.labels().get(task).reshape(answers.length()).toDoubleVector();
    }

    @Test
    void aTeacherFillsInClasses() {
        Head head = Tasks.classification("color", 2);
        INDArray answers = Nd4j.create(new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.6, 0.4}, {0.3, 0.7}});
        SourceBatch batch = batch(Map.of("color", Nd4j.create(new double[] {1, NAN, NAN, 0})), Map.of());
        assertArrayEquals(
                new double[] {0, 1, 0.2, 0.8, 0.6, 0.4, 1, 0},
                taught(new SoftTargets(0, 1, 0), head, batch, answers),
                1e-12);
        // half of the unlabelled, then only the sure, then mixed with the labels
        assertArrayEquals(
                new double[] {0, 1, 0.2, 0.8, NAN, NAN, 1, 0},
                taught(new SoftTargets(0, 0.5, 0), head, batch, answers),
                1e-12);
        assertArrayEquals(
                new double[] {0, 1, 0.2, 0.8, NAN, NAN, 1, 0},
                taught(new SoftTargets(0, 1, 0.7), head, batch, answers),
                1e-12);
        assertArrayEquals(
                new double[] {0.45, 0.55, 0.2, 0.8, 0.6, 0.4, 0.65, 0.35},
                taught(new SoftTargets(0.5, 1, 0), head, batch, answers),
                1e-12);
    }

    @Test
    void aTeacherFillsInValuesElementByElement() {
        Head head = Tasks.regression("price", 2);
        INDArray answers = Nd4j.create(new double[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}});
        INDArray labels = Nd4j.create(new double[][] {{10, NAN}, {NAN, NAN}, {20, 30}, {40, 50}});
        INDArray mask = Nd4j.create(new double[] {1, 1, 1, 0});
        assertArrayEquals(
                new double[] {10, 2, 3, 4, 20, 30, 7, 8},
                taught(
                        new SoftTargets(0, 1, 0.9),
                        head,
                        batch(Map.of("price", labels), Map.of("price", mask)),
                        answers),
                1e-12);
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 5, 6, 7, 8},
                taught(new SoftTargets(0, 1, 0), head, batch(Map.of(), Map.of()), answers),
                1e-12);
    }

    @Test
    void aTeacherFillsInTagsAndYes() {
        Head tags = Tasks.tagging("tag", 2);
        INDArray answers = Nd4j.create(new double[] {0.9, 0.1, 0.2, 0.8}).reshape(1, 2, 2);
        SourceBatch batch = new SourceBatch(
                Nd4j.zeros(1, 2, 1), null, Map.of("tag", Nd4j.create(new double[][] {{1, NAN}})), Map.of());
        assertArrayEquals(new double[] {0, 1, 0.2, 0.8}, taught(new SoftTargets(0, 1, 0), tags, batch, answers), 1e-12);
        Head yes = Tasks.binary("buy");
        INDArray p = Nd4j.create(new double[][] {{0.9}, {0.4}, {0.1}, {0.2}});
        assertArrayEquals(
                new double[] {0, NAN, 0.1, 1},
                taught(
                        new SoftTargets(0, 1, 0.7),
                        yes,
                        batch(Map.of("buy", Nd4j.create(new double[] {0, NAN, NAN, 1})), Map.of()),
                        p),
                1e-12);
    }

    /** The average by its formula, from the student after each step. */
    @Test
    void theTeacherIsTheAverageOfTheStudent() {
        MultiTaskModel model = Moons.model(4, 1);
        MeanTeacher teacher = new MeanTeacher(model, new MeanTeacher.Settings().decay(0.7));
        INDArray expected = model.network().store().flat().dup();
        List<Integer> steps = new ArrayList<>();
        teacher.attach(Moons.trainer(model).listener(event -> {
                    if (event instanceof TrainingEvent.StepDone) {
                        steps.add(1);
                        double alpha = Math.min(0.7, 1 - 1.0 / (steps.size() + 1));
                        expected.muli(alpha).addi(model.network().store().flat().mul(1 - alpha));
                    }
                }))
                .build()
                .fit(MultiTaskData.of(LabeledRows.share(FEW, 0.25)));
        assertTrue(steps.size() > 20);
        assertArrayEquals(
                expected.toDoubleVector(),
                teacher.model().network().store().flat().toDoubleVector(),
                1e-5);
        assertNotEquals(
                model.network().store().flat(),
                teacher.model().network().store().flat());
    }

    @Test
    void theTeacherSeesCleanExamplesAndTheStudentNoisyOnes() {
        MultiTaskModel model = Moons.model(4, 1);
        MeanTeacher teacher = new MeanTeacher(
                model,
                new MeanTeacher.Settings()
                        .rampUp(0)
                        .noise(
                                (one, random) -> new SourceBatch(
                                        one.features().add(random.nextGaussian()),
                                        one.steps(),
                                        one.labels(),
                                        one.labelMasks()),
                                3));
        SourceBatch clean = FEW.batch(IntStream.range(0, 20).toArray(), null);
        SourceBatch seen = teacher.apply(new MultiTaskBatch(Map.of("input", clean)), 5, 10)
                .sources()
                .get("input");
        assertNotEquals(clean.features(), seen.features());
        INDArray answers = model.outputs("input", clean).get(Moons.TASK);
        assertArrayEquals(
                answers.getRow(15).toDoubleVector(),
                seen.labels().get(Moons.TASK).getRow(15).toDoubleVector(),
                1e-6);
        SourceBatch again = teacher.apply(new MultiTaskBatch(Map.of("input", clean)), 5, 10)
                .sources()
                .get("input");
        assertEquals(seen.features(), again.features());
    }

    @Test
    void theRampBeginsWithFew() {
        MultiTaskModel model = Moons.model(4, 1);
        MeanTeacher teacher = new MeanTeacher(model, new MeanTeacher.Settings().rampUp(0.5));
        MultiTaskBatch batch = new MultiTaskBatch(
                Map.of("input", FEW.batch(IntStream.range(0, 106).toArray(), null)));
        int[] taught = new int[3];
        long[] steps = {0, 25, 50};
        for (int i = 0; i < 3; i++) {
            INDArray labels = teacher.apply(batch, steps[i], 100)
                    .sources()
                    .get("input")
                    .labels()
                    .get(Moons.TASK);
            taught[i] = (int) labels.size(0)
                    - (int) Arrays.stream(labels.getColumn(0).toDoubleVector())
                            .filter(Double::isNaN)
                            .count();
        }
        assertArrayEquals(new int[] {6 + 1, 6 + 29, 6 + 100}, taught); // exp(-5) and exp(-5 / 4) of 100
    }

    @Test
    void mutualLearnersTrainTogetherDeterministically() {
        List<MultiTaskModel> one = List.of(Moons.model(4, 1), Moons.model(4, 2));
        List<MultiTaskModel> same = List.of(Moons.model(4, 1), Moons.model(4, 2));
        int[] steps = new int[1];
        MutualLearning learning = MutualLearning.of(model -> Moons.trainer(model)
                        .listener(event -> steps[0] += event instanceof TrainingEvent.StepDone ? 1 : 0))
                .apart(2)
                .together(3);
        learning.run(one, MultiTaskData.of(LabeledRows.share(FEW, 0.25)));
        assertEquals(2 * (2 * 3 + 3 * 10), steps[0]); // of 16 examples: 42 with labels in 3 steps, all 156 in 10
        learning.run(same, MultiTaskData.of(LabeledRows.share(FEW, 0.25)));
        assertEquals(
                one.get(0).network().store().flat(),
                same.get(0).network().store().flat());
        double accuracy = Evaluator.evaluate(one.get(1), MultiTaskData.of(Moons.both(200, 200, 8)))
                .task(Moons.TASK)
                .metric("accuracy");
        assertTrue(accuracy > 0.9, String.valueOf(accuracy));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> learning.run(one.subList(0, 1), MultiTaskData.of(FEW)))
                .getMessage();
        assertEquals("mutual learning: 1 learners; it takes at least 2", message);
        assertThrows(
                IllegalArgumentException.class,
                () -> learning.run(List.of(Moons.model(4, 1), Moons.model(2, 1)), MultiTaskData.of(FEW)));
    }
}
