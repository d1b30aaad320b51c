package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Reshape;
import io.mtl4j.nn.layer.Resize;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ReconstructionHeadTest {

    private static final Shape IMAGE = Shape.image(2, 4, 4);

    @Nested
    class OfVectorsContract extends HeadContract {

        @Override
        Head head() {
            return Tasks.reconstruction("self", Shape.vector(6)).hidden(5);
        }

        @Override
        INDArray labels(RandomGenerator random) {
            return GradientCheck.array(random, 1, BATCH, 6);
        }

        @Override
        double badLabel() {
            return Double.NEGATIVE_INFINITY;
        }
    }

    @Nested
    class OfProbabilitiesContract extends HeadContract {

        @Override
        Head head() {
            return Tasks.reconstruction("self", Shape.image(1, 2, 3)).loss(Losses.binaryCrossEntropy());
        }

        @Override
        INDArray labels(RandomGenerator random) {
            return Nd4j.createFromArray(random.doubles(BATCH * 6L).toArray()).reshape(BATCH, 6);
        }

        @Override
        double badLabel() {
            return 1.01;
        }
    }

    @Nested
    class OfSequencesContract extends HeadContract {

        @Override
        Head head() {
            return Tasks.reconstruction("self", Shape.sequence(2)).loss(Losses.huber(1));
        }

        @Override
        Shape representation() {
            return Shape.sequence(4);
        }

        @Override
        INDArray labels(RandomGenerator random) {
            return GradientCheck.array(random, 1, BATCH, 3, 2);
        }

        @Override
        double badLabel() {
            return Double.POSITIVE_INFINITY;
        }
    }

    @Test
    void learnsTheInputWhateverTheLabelsAre() {
        INDArray pictures = GradientCheck.array(GradientCheck.random(1), 1, 3, 2, 4, 4);
        INDArray targets = Tasks.reconstruction("self", IMAGE).targets(Nd4j.ones(3), pictures);
        assertArrayEquals(new long[] {3, 32}, targets.shape());
        assertEquals(pictures.getDouble(2, 1, 3, 0), targets.getDouble(2, 28));
        INDArray steps = GradientCheck.array(GradientCheck.random(1), 1, 3, 5, 2);
        assertEquals(steps, Tasks.reconstruction("self", Shape.sequence(2)).targets(null, steps));
    }

    @Test
    void takesADecoderThatMakesThePicture() {
        ReconstructionHead head = Tasks.reconstruction("self", IMAGE)
                .decoder(Chain.of(
                        new Dense(12, Activation.RELU, Initializer.HE_UNIFORM),
                        new Reshape(Shape.image(3, 2, 2)),
                        new Resize(4, 4, Resize.Interpolation.NEAREST),
                        Conv2d.of(2, 3)));
        GradientCheck.check(head.network(Shape.vector(3)), Shape.vector(3), 2, 3);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> head.decoder(new Dense(31, Activation.TANH, Initializer.HE_UNIFORM))
                                .network(Shape.vector(3)))
                .getMessage();
        assertTrue(message.contains("\"self\"") && message.contains("vector(31)"), message);
    }

    @Test
    void doesNotLookAtPaddedSteps() {
        ReconstructionHead head = Tasks.reconstruction("self", Shape.sequence(2));
        INDArray inputs = Nd4j.createFromArray(new double[][][] {{{1, 2}, {3, 4}}, {{5, 6}, {0, 0}}});
        INDArray outputs = inputs.add(1);
        outputs.putScalar(new int[] {1, 1, 0}, 99);
        INDArray steps = Nd4j.createFromArray(new double[][] {{1, 1}, {1, 0}});
        INDArray mask = head.effectiveMask(inputs, null, steps);
        assertEquals(1, head.loss().evaluate(outputs, inputs, mask).value(), 1e-12);
        TaskMetrics metrics = head.newMetrics();
        head.score(metrics, outputs, inputs, mask);
        assertEquals(1, metrics.value("rmse"), 1e-12);
        List<TaskPrediction> answers = head.decode(outputs, steps);
        assertEquals(2, answers.get(0).values().size());
        assertEquals(1, answers.get(1).values().size());
    }

    @Test
    void measuresAllElementsTogether() {
        ReconstructionHead head = Tasks.reconstruction("self", Shape.vector(2));
        TaskMetrics metrics = head.newMetrics();
        head.score(
                metrics,
                Nd4j.createFromArray(new double[][] {{0, 0}}),
                Nd4j.createFromArray(new double[][] {{0, 2}}),
                null);
        assertEquals(Math.sqrt(2), metrics.value("rmse"), 1e-12);
    }

    @Test
    void refusesWhatItCannotRestore() {
        assertThrows(IllegalArgumentException.class, () -> Tasks.reconstruction("self", Shape.tokens(5)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Tasks.reconstruction("self", IMAGE).loss(Losses.crossEntropy()));
        assertThrows(
                IllegalArgumentException.class,
                () -> Tasks.reconstruction("self", Shape.sequence(2)).network(Shape.vector(3)));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Tasks.reconstruction("self", IMAGE)
                                .checkLabels(Nd4j.zeros(DataType.FLOAT, 2, 31), null, 2))
                .getMessage()
                .contains("vector(32)"));
    }
}
