package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DropoutTest {

    private static final INDArray ONES = Nd4j.ones(DataType.DOUBLE, 200, 50);

    @Test
    void gradientsMatchFiniteDifferences() {
        GradientCheck.check(new Dropout(0.4), Shape.image(2, 3, 3), 2, 2, 3, 3);
        GradientCheck.check(new Dropout(0), Shape.vector(3), 2, 3);
    }

    @Test
    void sameSeedGivesTheSameMaskAndAnotherSeedAnother() {
        SinglePass run = new SinglePass(new Dropout(0.5), Shape.vector(50), true);
        INDArray y = run.layer().forward(ONES, run.pass(true, 1));
        assertEquals(y, run.layer().forward(ONES, run.pass(true, 1)));
        assertNotEquals(y, run.layer().forward(ONES, run.pass(true, 2)));
    }

    @Test
    void twoLayersOfOnePassDrawDifferentMasks() {
        SinglePass run = new SinglePass(Chain.of(new Dropout(0.5), new Dropout(0.5)), Shape.vector(50), true);
        double kept = run.layer()
                .forward(ONES, run.pass())
                .neq(0)
                .castTo(DataType.DOUBLE)
                .meanNumber()
                .doubleValue();
        assertEquals(0.25, kept, 0.03);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.8})
    void dropsTheRateAndKeepsTheExpectation(double rate) {
        SinglePass run = new SinglePass(new Dropout(rate), Shape.vector(50), true);
        INDArray y = run.layer().forward(ONES, run.pass());
        assertEquals(rate, y.eq(0).castTo(DataType.DOUBLE).meanNumber().doubleValue(), 0.025);
        assertEquals(1 / (1 - rate), y.maxNumber().doubleValue(), 1e-9);
        assertEquals(1, y.meanNumber().doubleValue(), 0.1);
    }

    @Test
    void theSharedGeneratorIsLeftAlone() {
        SinglePass run = new SinglePass(new Dropout(0.5), Shape.vector(50), true);
        Nd4j.getRandom().setSeed(3);
        double wanted = Nd4j.rand(DataType.DOUBLE, 4).sumNumber().doubleValue();
        Nd4j.getRandom().setSeed(3);
        run.layer().forward(ONES, run.pass());
        assertEquals(wanted, Nd4j.rand(DataType.DOUBLE, 4).sumNumber().doubleValue());
    }

    @Test
    void isTheIdentityOutsideTraining() {
        SinglePass run = new SinglePass(new Dropout(0.5), Shape.vector(50), false);
        assertSame(ONES, run.layer().forward(ONES, run.pass()));
        assertSame(ONES, run.layer().backward(ONES, run.pass()));
    }

    @Test
    void refusesRatesThatDropAllAndTokens() {
        for (double rate : new double[] {-0.1, 1, Double.NaN}) {
            String message = assertThrows(IllegalArgumentException.class, () -> new Dropout(rate))
                    .getMessage();
            assertTrue(message.startsWith("dropout: rate = " + rate), message);
        }
        assertThrows(IllegalArgumentException.class, () -> new Dropout(0.5).bind(Shape.tokens(3), Binder.create()));
    }
}
