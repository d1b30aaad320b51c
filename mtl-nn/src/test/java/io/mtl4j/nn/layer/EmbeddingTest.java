package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EmbeddingTest {

    private static final INDArray IDS = Nd4j.createFromArray(new double[][] {{1, 0, 3, 3}, {4, 3, 0, 1}});

    @Test
    void gradientsMatchFiniteDifferencesAlsoOfRepeatedAndUnusedTokens() {
        GradientCheck.checkParameters(new Embedding(3), Shape.tokens(6), IDS, null);
        GradientCheck.checkParameters(
                new Embedding(1, Initializer.ZEROS, 3),
                Shape.tokens(5),
                IDS.getRow(0).reshape(1, 4),
                null);
    }

    @Test
    void givesEachTokenItsRow() {
        LayerRun run = new LayerRun(new Embedding(3), Shape.tokens(5), DataType.FLOAT);
        INDArray y = run.forward(IDS.castTo(DataType.FLOAT), null);
        assertEquals(Shape.sequence(3), run.layer().outputShape());
        assertEquals(run.value("W").getRow(4), y.slice(1).getRow(0));
        assertEquals(run.value("W").getRow(3), y.slice(0).getRow(2));
    }

    @Test
    void thePaddingTokenIsZeroAndStaysZero() {
        LayerRun run = new LayerRun(new Embedding(3, Initializer.STANDARD_NORMAL, 3), Shape.tokens(5), DataType.DOUBLE);
        INDArray y = run.forward(IDS, null);
        assertEquals(0, y.slice(0).getRow(2).norm1Number().doubleValue());
        assertNull(run.backward(Nd4j.onesLike(y)));
        assertEquals(0, run.gradient("W").getRow(3).norm1Number().doubleValue());
        assertEquals(6, run.gradient("W").getRow(0).sumNumber().doubleValue());
    }

    @Test
    void refusesIdsOutsideTheVocabularyAndWrongInputs() {
        LayerRun run = new LayerRun(new Embedding(2), Shape.tokens(4), DataType.DOUBLE);
        assertEquals(
                "embedding: token id 4.0 at position 4 (in row order); it must be an integer from 0 to 3",
                message(() -> run.forward(IDS, null)));
        assertEquals(
                "embedding: token id 0.5 at position 0 (in row order); it must be an integer from 0 to 3",
                message(() -> run.forward(Nd4j.valueArrayOf(new long[] {1, 1}, 0.5), null)));
        assertEquals(
                "embedding: token id NaN at position 0 (in row order); it must be an integer from 0 to 3",
                message(() -> run.forward(Nd4j.valueArrayOf(new long[] {1, 1}, Double.NaN), null)));
        assertEquals("embedding: dimensions = 0; it must be at least 1", message(() -> new Embedding(0)));
        assertEquals(
                "embedding: padding = 4; it must be an id below the vocabulary's 4",
                message(() -> new Embedding(2, Initializer.ZEROS, 4).bind(Shape.tokens(4), Binder.create())));
        assertEquals(
                "embedding: input is vector(3); it takes token ids, declared as Shape.tokens(vocabulary)",
                message(() -> new Embedding(2).bind(Shape.vector(3), Binder.create())));
    }

    private static String message(org.junit.jupiter.api.function.Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }
}
