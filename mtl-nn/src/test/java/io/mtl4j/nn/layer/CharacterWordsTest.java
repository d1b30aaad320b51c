package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.CharacterWords.Filter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CharacterWordsTest {

    private static final CharacterWords SPEC =
            new CharacterWords(6, 3, List.of(new Filter(1, 2), new Filter(3, 4)), 5, 2, 1, 3);
    private static final CharacterWords BARE = new CharacterWords(6, 2, List.of(new Filter(2, 3)), 0, 0, 0, 4);
    private static final Shape INPUT = Shape.sequence(5);

    /** Two sentences of three words; the last word of the second is padding, and a word occurs twice. */
    private static final INDArray X = Nd4j.createFromArray(new double[][][] {
        {{2, 1, 3, 4, 2}, {1, 1, 2, 0, 0}, {2, 1, 3, 4, 2}},
        {{3, 5, 0, 0, 0}, {4, 1, 3, 4, 2}, {0, 0, 0, 0, 0}}
    });

    @Test
    void gradientsMatchFiniteDifferences() {
        GradientCheck.checkParameters(SPEC, INPUT, X, Masks.mask("111", "110"));
        GradientCheck.checkParameters(BARE, INPUT, X, null);
        INDArray one = Nd4j.createFromArray(new double[][][] {{{1, 5, 4, 0, 0}}});
        GradientCheck.checkParameters(SPEC, INPUT, one, null);
    }

    @Test
    void roomBehindAWordAndOtherWordsOfTheBatchDoNotMatter() {
        LayerRun run = new LayerRun(SPEC, INPUT, DataType.DOUBLE);
        INDArray y = run.forward(X, null);
        assertEquals(y.slice(0).getRow(0), y.slice(0).getRow(2));
        INDArray wide = Nd4j.zeros(DataType.DOUBLE, 1, 1, 8);
        wide.putScalar(0, 0, 0, 3).putScalar(0, 0, 1, 5);
        INDArray alone = new LayerRun(SPEC, Shape.sequence(8), DataType.DOUBLE).forward(wide, null);
        assertTrue(y.slice(1).getRow(0).equalsWithEps(alone.reshape(3), 1e-12));
    }

    @Test
    void takesTheLargestWindowOfEachFilterInsideTheWord() {
        CharacterWords spec = new CharacterWords(4, 1, List.of(new Filter(2, 1)), 0, 0, 0, 1);
        LayerRun run = new LayerRun(spec, Shape.sequence(4), DataType.DOUBLE);
        run.value("characters.E")
                .assign(Nd4j.createFromArray(new double[] {99, 1, 5, -3}).reshape(4, 1));
        run.value("characters.W0")
                .assign(Nd4j.createFromArray(new double[] {1, 10}).reshape(2, 1));
        run.value("characters.b0").assign(0.5);
        run.value("top.0.W").assign(1);
        run.value("top.0.b").assign(0);
        INDArray x = Nd4j.createFromArray(new double[][][] {
            {{0, 1, 2, 0}, {0, 2, 1, 3}, {0, 2, 0, 0}, {0, 3, 0, 0}, {0, 1, 2, 1}}
        });
        assertEquals(
                Nd4j.createFromArray(1 + 50 + 0.5, 5 + 10 + 0.5, 5 + 0.5, 0, 1 + 50 + 0.5),
                run.forward(x, null).reshape(5));
    }

    @Test
    void wordsOfEqualCharactersDifferByTheirOwnVectorsOnlyIfTheyHaveAny() {
        INDArray x = Nd4j.createFromArray(new double[][][] {{{2, 1, 3, 4, 2}, {4, 1, 3, 4, 2}}});
        INDArray own =
                new LayerRun(SPEC, INPUT, DataType.DOUBLE).forward(x, null).slice(0);
        assertNotEquals(own.getRow(0), own.getRow(1));
        INDArray bare =
                new LayerRun(BARE, INPUT, DataType.DOUBLE).forward(x, null).slice(0);
        assertEquals(bare.getRow(0), bare.getRow(1));
    }

    @Test
    void singlePrecisionAgreesWithDouble() {
        LayerRun exact = new LayerRun(SPEC, INPUT, DataType.DOUBLE);
        LayerRun single = new LayerRun(SPEC, INPUT, DataType.FLOAT);
        INDArray y = exact.forward(X, null);
        assertTrue(
                y.equalsWithEps(single.forward(X.castTo(DataType.FLOAT), null).castTo(DataType.DOUBLE), 1e-5));
        assertNull(exact.backward(y));
        assertNull(single.backward(y.castTo(DataType.FLOAT)));
        for (Parameter p : exact.binder().parameters()) {
            INDArray other = single.gradient(p.name());
            assertEquals(DataType.FLOAT, other.dataType(), p.name());
            assertTrue(exact.gradient(p.name()).equalsWithEps(other.castTo(DataType.DOUBLE), 1e-4), p.name());
        }
    }

    @Test
    void refusalsSayTheRule() {
        LayerRun run = new LayerRun(SPEC, INPUT, DataType.DOUBLE);
        INDArray x = X.dup();
        x.putScalar(0, 1, 2, 6);
        assertEquals(
                "character words: character 6.0 at position 7 (in row order); it must be an integer from 0 to 5",
                message(() -> run.forward(x, null)));
        x.putScalar(0, 1, 2, 2).putScalar(1, 0, 0, 5);
        assertEquals(
                "character words: word 5.0 at position 15 (in row order); it must be an integer from 0 to 4",
                message(() -> run.forward(x, null)));
        assertTrue(message(() -> SPEC.bind(Shape.tokens(3), Binder.create())).contains("takes a sequence"));
        message(() -> SPEC.bind(Shape.sequence(1), Binder.create()));
        assertTrue(message(() -> new CharacterWords(6, 2, List.of(new Filter(2, 3)), 4, 0, 0, 4))
                .contains("words = 4, wordDimensions = 0"));
        message(() -> new CharacterWords(6, 2, List.of(), 0, 0, 0, 4));
        message(() -> new Filter(0, 1));
        message(() -> new Filter(1, 0));
    }

    private static String message(Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }
}
