package io.mtl4j.nn.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.AugmentedSource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class DistillationTest {

    private static final Head[] OLD = {
        Tasks.classification("kind", 3).labelSmoothing(0.1),
        Tasks.binary("yes"),
        Tasks.multiLabel("marks", 2),
        Tasks.regression("size", 1).standardize(new double[] {5}, new double[] {2}),
    };

    private static MultiTaskModel model(Head... heads) {
        ModelBuilder builder = MultiTaskModel.builder()
                .input(Shape.vector(3))
                .encoder(Encoders.mlp().dense(12))
                .seed(2);
        for (Head head : heads) {
            builder.task(head);
        }
        return builder.build();
    }

    private static MultiTaskModel trained() {
        return Copies.scrambled(model(OLD), 5);
    }

    /** Examples of a new task; those of the first half have a wrong label of an old one. */
    private static ArraySource fresh(int size) {
        RandomGenerator random = GradientCheck.random(size);
        float[][] rows = new float[size][3];
        int[] classes = new int[size];
        int[] wrong = new int[size];
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < 3; c++) {
                rows[i][c] = (float) random.nextGaussian();
            }
            classes[i] = rows[i][0] > rows[i][1] ? 1 : 0;
            wrong[i] = i < size / 2 ? 2 : Labels.MISSING;
        }
        return ArraySource.builder("input")
                .features(rows)
                .labels("new", Labels.classes(classes))
                .labels("kind", Labels.classes(wrong))
                .build();
    }

    private static SourceBatch all(DataSource source) {
        return source.batch(IntStream.range(0, source.size()).toArray(), new Random(0));
    }

    @Test
    void labelsAreTheTeachersAnswersAtTheTemperature() {
        MultiTaskModel teacher = trained();
        DataSource source = fresh(4);
        DataSource taught = Distillation.of(teacher).temperature(4).teach(source);
        assertEquals(Set.of("new", "kind", "yes", "marks", "size"), taught.tasks());
        assertEquals(4, taught.size());
        assertEquals("input", taught.input());
        SourceBatch batch = all(taught);
        INDArray logits = teacher.network().logits(0, all(source))[0];
        for (int i = 0; i < 4; i++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += Math.exp(logits.getDouble(i, c) / 4);
            }
            for (int c = 0; c < 3; c++) {
                double expected = Math.exp(logits.getDouble(i, c) / 4) / sum;
                assertEquals(expected, batch.labels().get("kind").getDouble(i, c), 1e-6);
            }
        }
        for (int k = 1; k < 3; k++) {
            INDArray yes = teacher.network().logits(0, all(source))[k];
            double[] expected = Arrays.stream(yes.toDoubleMatrix())
                    .flatMapToDouble(row -> Arrays.stream(row).map(z -> 1 / (1 + Math.exp(-z / 4))))
                    .toArray();
            INDArray labels = batch.labels().get(teacher.tasks().get(k).name());
            assertArrayEquals(expected, labels.dup('c').data().asDouble(), 1e-6);
        }
        assertEquals(
                teacher.outputs("input", all(source)).get("size"),
                batch.labels().get("size"));
        assertEquals(all(source).labels().get("new"), batch.labels().get("new"));
    }

    /** At the teacher's own numbers, the student has nothing to learn, whatever the temperature and the old loss. */
    @Test
    void theTeacherItselfHasNothingToLearn() {
        for (double temperature : new double[] {1, 2, 5}) {
            Distillation distillation = Distillation.of(trained()).temperature(temperature);
            MultiTaskModel student = distillation.student(trained());
            var batch = new MultiTaskBatch(Map.of(
                    "input",
                    new SourceBatch(
                            all(fresh(16)).features(), null, distillation.targets("input", all(fresh(16))), Map.of())));
            var gradients = student.network().newGradients();
            student.network().forward(batch, null).weightedGradient(new double[] {1, 1, 1, 1}, gradients);
            assertEquals(0, gradients.flat().norm2Number().doubleValue(), 1e-5, "T = " + temperature);
        }
    }

    @Test
    void aModelHandedOverAsAPredictorIsCopiedToo() {
        MultiTaskModel trained = trained();
        Predictor teacher = trained;
        Distillation distillation = Distillation.of(teacher);
        SourceBatch before = all(distillation.teach(fresh(8)));
        Copies.scrambled(trained, 6);
        assertEquals(
                before.labels().get("kind"),
                all(distillation.teach(fresh(8))).labels().get("kind"));
    }

    @Test
    void theTeacherIsACopyAndSeesWhatTheModelSees() {
        MultiTaskModel teacher = trained();
        Distillation distillation = Distillation.of(teacher);
        DataSource noisy = new AugmentedSource(
                fresh(8),
                (batch, random) -> new SourceBatch(
                        batch.features().add(random.nextGaussian()), null, batch.labels(), batch.labelMasks()));
        SourceBatch before = all(distillation.teach(noisy));
        assertEquals(
                distillation.targets("input", before),
                before.labels().entrySet().stream()
                        .filter(e -> !e.getKey().equals("new"))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        Copies.scrambled(teacher, 6);
        assertEquals(
                before.labels().get("kind"),
                all(distillation.teach(noisy)).labels().get("kind"));
        assertFalse(before.features().equals(all(fresh(8)).features()));
    }

    private static Function<MultiTaskModel, TrainerBuilder> trainer() {
        return m -> Trainer.builder(m)
                .optimizer(new Adam(0.01))
                .batchSize(32)
                .epochs(30)
                .seed(1);
    }

    @Test
    void aModelLearnsANewTaskAndKeepsItsOldAnswers() {
        MultiTaskModel old = trained();
        MultiTaskModel model = Transfer.from(old).plus(Tasks.classification("new", 2));
        MultiTaskModel again = Transfer.from(old).plus(Tasks.classification("new", 2));
        MultiTaskData data = MultiTaskData.of(fresh(320));
        Distillation distillation = Distillation.of(old);
        var result = distillation.train(model, data, trainer());
        distillation.train(again, data, trainer());
        Copies.assertSameNumbers(model, again);
        assertEquals(List.of(OLD), model.heads().subList(0, 4)); // with their own losses
        assertEquals(30, result.epochs().size());
        SourceBatch tests = all(fresh(200));
        double drift = old.outputs("input", tests)
                .get("kind")
                .sub(model.outputs("input", tests).get("kind"))
                .norm2Number()
                .doubleValue();
        MultiTaskModel careless = Transfer.from(old).plus(Tasks.classification("new", 2));
        trainer().apply(careless).build().fit(MultiTaskData.of(withoutOld(fresh(320))));
        double without = old.outputs("input", tests)
                .get("kind")
                .sub(careless.outputs("input", tests).get("kind"))
                .norm2Number()
                .doubleValue();
        assertTrue(drift < 0.3 * without, drift + " " + without);
        double right = 0;
        INDArray answers = model.outputs("input", tests).get("new");
        for (int i = 0; i < 200; i++) {
            right += answers.getDouble(i, 1) > 0.5 == (tests.labels().get("new").getDouble(i) == 1) ? 1 : 0;
        }
        assertTrue(right > 180, String.valueOf(right));
    }

    /** The trainer wants labels of each task, so these are all missing. */
    private static DataSource withoutOld(ArraySource source) {
        SourceBatch batch = all(source);
        int n = source.size();
        INDArray none = Nd4j.valueArrayOf(new long[] {n}, Float.NaN);
        ArraySource.Builder builder = ArraySource.builder("input")
                .features(batch.features())
                .labels("new", batch.labels().get("new"))
                .labels("kind", none)
                .labels("yes", none)
                .labels("size", none);
        return builder.labels("marks", Nd4j.valueArrayOf(new long[] {n, 2}, Float.NaN))
                .build();
    }

    @Test
    void whatCannotBeTaughtIsRefused() {
        MultiTaskModel ranked = MultiTaskModel.builder()
                .input(Shape.sequence(2))
                .encoder(Encoders.lstm().units(2).everyStep())
                .task(Tasks.binary("yes"))
                .task(Tasks.ranking("order"))
                .build();
        assertEquals(
                "distillation: the answers of task \"order\" of kind RANKING cannot be another model's labels; those"
                        + " of Tasks of the kinds [BINARY, MULTI_CLASS, MULTI_LABEL, REGRESSION, TAGGING] without a CRF"
                        + " can, so name them: Distillation.of(teacher, \"...\")",
                message(() -> Distillation.of(ranked)));
        assertEquals(Set.of("yes"), Distillation.of(ranked, "yes").tasks());
        Distillation distillation = Distillation.of(trained());
        assertEquals(
                "distillation: temperature = 0.5; it must be from 1.0 to 1.7976931348623157E308",
                message(() -> distillation.temperature(0.5)));
        assertEquals(
                "distillation: task \"kind\" is MULTI_CLASS with 4 outputs, and the teacher's is MULTI_CLASS with 3;"
                        + " teach tasks of one kind and size",
                message(() -> Distillation.of(trained(), "kind").student(model(Tasks.classification("kind", 4)))));
        ArraySource other =
                ArraySource.builder("picture").features(new float[1][3]).build();
        assertEquals(
                "distillation: none of the tasks [kind, yes, marks, size] reads input \"picture\" of the teacher,"
                        + " whose inputs are [input]; give the new examples to the input that these tasks read",
                message(() -> distillation.teach(MultiTaskData.of(other))));
        MultiTaskData mixed = distillation.teach(MultiTaskData.of(other, fresh(4)));
        assertSame(other, mixed.sources().get(0));
        assertEquals(
                List.of("picture", "input"),
                mixed.sources().stream().map(DataSource::input).toList());
    }

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
