package io.mtl4j.nn.semi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.SourceLabels;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.ensemble.Points;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.train.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PseudoLabelsTest {

    private static final float NAN = Float.NaN;

    /** A predictor that reads its answers off the features: 3 classes, one yes, two labels. */
    private static final Predictor TEACHER = new Predictor() {
        @Override
        public List<InputSpec> inputs() {
            return Points.model(0).inputs();
        }

        @Override
        public List<Head> heads() {
            return List.of(
                    Tasks.classification("color", 3),
                    Tasks.binary("buy"),
                    Tasks.multiLabel("tags", 2),
                    Tasks.regression("price", 1));
        }

        @Override
        public Map<String, INDArray> outputs(String input, SourceBatch examples) {
            float[][] x = examples.features().toFloatMatrix();
            return Map.of("color", rows(x, 0, 3), "buy", rows(x, 3, 4), "tags", rows(x, 4, 6), "price", rows(x, 5, 6));
        }

        private INDArray rows(float[][] x, int from, int to) {
            return Nd4j.createFromArray(Arrays.stream(x)
                    .map(row -> Arrays.copyOfRange(row, from, to))
                    .toArray(float[][]::new));
        }
    };

    private static final float[][] ANSWERS = {
        {0.1f, 0.8f, 0.1f, 0.9f, 0.2f, 0.9f},
        {0.7f, 0.2f, 0.1f, 0.1f, 0.6f, 0.1f},
        {0.0f, 0.9f, 0.1f, 0.5f, 0.95f, 0.5f},
        {0.9f, 0.1f, 0.0f, 1.0f, 0.0f, 1.0f},
    };

    private static ArraySource source() {
        return ArraySource.builder("input")
                .features(ANSWERS)
                .labels("color", Labels.classes(-1, -1, -1, 2))
                .labels("tags", Labels.rows(new float[][] {{1, NAN}, {NAN, NAN}, {NAN, 0}, {0, 0}}))
                .build();
    }

    @Test
    void writesWhatIsSureWhereNothingIsKnown() {
        PseudoLabels.Filled filled = PseudoLabels.confident(0.75).fill(TEACHER, source());
        assertRows(new float[][] {{1}, {NAN}, {1}, {2}}, filled, "color");
        assertRows(new float[][] {{1}, {0}, {NAN}, {1}}, filled, "buy");
        assertRows(new float[][] {{1, 1}, {NAN, 0}, {1, 0}, {0, 0}}, filled, "tags");
        assertEquals(
                "{color={1=2}, buy={0=1, 1=2}, tags={0=1, 1=2}}", filled.added().toString());
        assertEquals(8, filled.total());
        assertEquals(Set.of("color", "buy", "tags"), filled.source().tasks());
    }

    @Test
    void theSurestOfEachClassComeFirst() {
        PseudoLabels one = PseudoLabels.confident(0).perClass(1).only("color");
        PseudoLabels.Filled filled = one.fill(TEACHER, source());
        assertRows(new float[][] {{NAN}, {0}, {1}, {2}}, filled, "color");
        assertEquals("{color={0=1, 1=1}}", filled.added().toString());
    }

    @Test
    void softLabelsAreProbabilitiesBesideTrueOnes() {
        PseudoLabels.Filled filled =
                PseudoLabels.confident(0.75).softened().only("color").fill(TEACHER, source());
        assertRows(new float[][] {{0.1f, 0.8f, 0.1f}, {NAN, NAN, NAN}, {0, 0.9f, 0.1f}, {0, 0, 1}}, filled, "color");
    }

    /** Labels of a task that the data never had, then a joint model. */
    @Test
    void movesLabelsToAnotherDataSet() {
        MultiTaskModel teacher = Points.train(Points.data(300, 1), 1);
        DataSource unlabeled = ArraySource.builder("input")
                .features(features(Points.source(100, 2)))
                .labels("quadrant", Labels.rows(SourceLabels.rows(Points.source(100, 2), "quadrant")))
                .build();
        PseudoLabels.Filled filled = PseudoLabels.confident(0.6).only("far").fill(teacher, unlabeled);
        assertEquals(Set.of("quadrant", "far"), filled.source().tasks());
        float[][] truth = SourceLabels.rows(Points.source(100, 2), "far");
        float[][] written = SourceLabels.rows(filled.source(), "far");
        int right = 0;
        for (int i = 0; i < 100; i++) {
            right += written[i][0] == truth[i][0] ? 1 : 0;
        }
        assertTrue(filled.total() > 30 && right > 0.75 * filled.total(), right + " right of " + filled.total());
        MultiTaskModel joint = MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(8))
                .task(Tasks.classification("quadrant", 4))
                .task(Tasks.binary("far"))
                .build();
        var result = Trainer.builder(joint).epochs(2).build().fit(MultiTaskData.of(filled.source()));
        assertEquals(
                Set.of("quadrant", "far"), result.epochs().get(1).trainLosses().keySet());
    }

    private static INDArray features(DataSource source) {
        return source.batch(IntStream.range(0, source.size()).toArray(), null).features();
    }

    @Test
    void saysWhichTasksCannotBeLabelled() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> PseudoLabels.confident(0.9).only("price").fill(TEACHER, source()))
                .getMessage();
        assertTrue(message.startsWith("task \"price\" of kind REGRESSION: its answers have no probability"), message);
        assertThrows(IllegalArgumentException.class, () -> PseudoLabels.confident(1.1));
        assertThrows(
                IllegalArgumentException.class,
                () -> PseudoLabels.confident(0.9).perClass(0));
    }

    private static void assertRows(float[][] expected, PseudoLabels.Filled filled, String task) {
        float[][] rows = SourceLabels.rows(filled.source(), task);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], rows[i], 1e-6f, task + " " + i);
        }
    }
}
