package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SegmentEmbeddingTest {

    private static final int SEPARATOR = 3;
    private static final SegmentEmbedding TWO = new SegmentEmbedding(3, 2, SEPARATOR, Initializer.NORMAL_002);
    private static final INDArray IDS = Nd4j.createFromArray(new double[][] {{1, 3, 3, 2, 3}, {4, 2, 0, 3, 1}});
    private static final INDArray MASK = Nd4j.createFromArray(new double[][] {{1, 1, 1, 1, 1}, {1, 1, 1, 0, 1}});

    @Test
    void gradientsMatchFiniteDifferences() {
        GradientCheck.checkParameters(TWO, Shape.tokens(6), IDS, MASK);
        GradientCheck.checkParameters(TWO, Shape.tokens(6), IDS, null);
        GradientCheck.checkParameters(
                new SegmentEmbedding(2, 1, SegmentEmbedding.NO_SEPARATOR, Initializer.ZEROS),
                Shape.tokens(5),
                IDS,
                null);
    }

    @Test
    void theNextSegmentBeginsBehindASeparatorThatIsReal() {
        LayerRun run = new LayerRun(TWO, Shape.tokens(5), DataType.DOUBLE);
        INDArray y = run.forward(IDS, MASK);
        int[][] segments = {{0, 0, 1, 1, 1}, {0, 0, 0, 0, 0}}; // more separators than segments; one that is padding
        for (int b = 0; b < 2; b++) {
            for (int t = 0; t < 5; t++) {
                INDArray expected = run.value("W")
                        .getRow(IDS.getInt(b, t))
                        .add(run.value("S").getRow(segments[b][t]));
                assertEquals(expected, y.slice(b).getRow(t), b + ", " + t);
            }
        }
        assertEquals(Shape.sequence(3), run.layer().outputShape());
        assertNull(run.backward(Nd4j.onesLike(y)));
        assertEquals(3, run.gradient("S").getDouble(1, 0));
    }

    @Test
    void refusesWrongInputsAndValues() {
        assertEquals(
                "segment embedding: input is vector(3); it takes token ids, declared as Shape.tokens(vocabulary)",
                message(() -> TWO.bind(Shape.vector(3), Binder.create())));
        assertEquals(
                "segment embedding: separator = 3; it must be an id below the vocabulary's 3",
                message(() -> TWO.bind(Shape.tokens(3), Binder.create())));
        assertEquals(
                "segment embedding: segments = 0; it must be at least 1",
                message(() -> new SegmentEmbedding(3, 0, 1, Initializer.ZEROS)));
    }

    private static String message(org.junit.jupiter.api.function.Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }
}
