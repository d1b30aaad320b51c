package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class Upsample2dTest {

    @ParameterizedTest
    @CsvSource({"1, 2, 2, 3", "2, 2, 2, 3", "2, 16, 3, 1", "3, 5, 1, 2", "4, 32, 2, 2"})
    void gradientsAreRightInDoubleAndSinglePrecision(int factor, int channels, int height, int width) {
        Shape input = Shape.image(channels, height, width);
        GradientCheck.check(new Upsample2d(factor), input, 2, channels, height, width);
        PrecisionCheck.check(new Upsample2d(factor), input, 2, channels, height, width);
    }

    @Test
    void makesASquareOfEachPixel() {
        SinglePass run = new SinglePass(new Upsample2d(2), Shape.image(1, 1, 2), false);
        INDArray x = GradientCheck.array(GradientCheck.random(3), 1, 1, 1, 1, 2);
        double a = x.getDouble(0);
        double b = x.getDouble(1);
        assertArrayEquals(
                new double[] {a, a, b, b, a, a, b, b},
                run.layer().forward(x, run.pass()).data().asDouble());
    }

    @Test
    void standsBetweenLayersOfEitherLayout() {
        PrecisionCheck.check(
                Chain.of(Conv2d.of(16, 3), new Upsample2d(2), TransposedConv2d.of(16, 2, 2), Conv2d.of(3, 1)),
                Shape.image(2, 3, 4),
                2,
                2,
                3,
                4);
    }

    @Test
    void refusalsSayWhatIsWrong() {
        assertEquals(
                "upsample: input is vector(7); it takes pictures",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Upsample2d(2).bind(Shape.vector(7), Binder.create()))
                        .getMessage());
        assertEquals(
                "upsample: factor = 0; it must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> new Upsample2d(0))
                        .getMessage());
    }
}
