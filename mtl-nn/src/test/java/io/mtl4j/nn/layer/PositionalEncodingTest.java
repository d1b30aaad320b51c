package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PositionalEncodingTest {

    private static final INDArray X = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, 3);

    @Test
    void gradientsMatchFiniteDifferences() {
        for (INDArray mask : new INDArray[] {null, Masks.mixed()}) {
            GradientCheck.check(PositionalEncoding.sinusoidal(), Shape.sequence(3), X, mask);
            GradientCheck.check(PositionalEncoding.learned(5), Shape.sequence(3), X, mask);
            GradientCheck.check(PositionalEncoding.learned(7), Shape.sequence(3), X, mask);
        }
        GradientCheck.check(PositionalEncoding.learned(1), Shape.sequence(1), 1, 1, 1);
    }

    @Test
    void wavesAreThoseOfThePaper() {
        INDArray y = new LayerRun(PositionalEncoding.sinusoidal(), Shape.sequence(4), DataType.DOUBLE)
                .forward(Nd4j.zeros(DataType.DOUBLE, 2, 7, 4), null);
        for (int p = 0; p < 7; p++) {
            assertEquals(Math.sin(p), y.getDouble(1, p, 0), 1e-12);
            assertEquals(Math.cos(p), y.getDouble(1, p, 1), 1e-12);
            assertEquals(Math.sin(p / 100.0), y.getDouble(1, p, 2), 1e-12);
            assertEquals(Math.cos(p / 100.0), y.getDouble(1, p, 3), 1e-12);
        }
    }

    @Test
    void paddingMovesNobody() {
        for (LayerSpec spec : new LayerSpec[] {PositionalEncoding.sinusoidal(), PositionalEncoding.learned(5)}) {
            LayerRun run = new LayerRun(spec, Shape.sequence(3), DataType.DOUBLE);
            INDArray y = run.forward(X, Masks.mixed());
            for (int b = 0; b < 4; b++) {
                assertEquals(
                        run.forward(Masks.realSteps(X, Masks.mixed(), b), null),
                        Masks.realSteps(y, Masks.mixed(), b),
                        "example " + b);
            }
        }
    }

    @Test
    void longInputsAreRefusedUnlessTheRestIsPadding() {
        LayerRun run = new LayerRun(PositionalEncoding.learned(3), Shape.sequence(3), DataType.DOUBLE);
        run.forward(X, Masks.mask("11100", "00111", "10101", "00000"));
        assertEquals(
                "positional encoding: example 3 has more than 3 steps, the greatest number learned; raise the maximum or cut"
                        + " the input",
                assertThrows(IllegalArgumentException.class, () -> run.forward(X, Masks.mixed()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> run.forward(X, null));
    }

    @Test
    void refusesWrongInputsAndMaxima() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PositionalEncoding.sinusoidal().bind(Shape.tokens(3), Binder.create()));
        assertEquals(
                "positional encoding: maximum = 0; a learned one needs the greatest number of steps, at least 1",
                assertThrows(IllegalArgumentException.class, () -> PositionalEncoding.learned(0))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> new PositionalEncoding(PositionalEncoding.Kind.SINUSOIDAL, 3));
    }
}
