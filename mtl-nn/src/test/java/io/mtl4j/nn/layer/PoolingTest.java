package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PoolingTest {

    @ParameterizedTest(name = "kernel {0} stride {1} {2} picture {3}x{4}")
    @CsvSource({
        "2, 2, VALID, 4, 4",
        "2, 2, VALID, 5, 7",
        "2, 2, SAME, 5, 7",
        "3, 2, SAME, 6, 7",
        "3, 2, VALID, 7, 6",
        "3, 1, SAME, 4, 4",
        "1, 1, VALID, 2, 3",
        "4, 4, VALID, 4, 4",
    })
    void gradientsMatchFiniteDifferences(int kernel, int stride, Padding padding, int height, int width) {
        Shape input = Shape.image(2, height, width);
        GradientCheck.check(new MaxPool2d(kernel, stride, padding), input, 3, 2, height, width);
        GradientCheck.check(new AvgPool2d(kernel, stride, padding), input, 3, 2, height, width);
        PrecisionCheck.check(new MaxPool2d(kernel, stride, padding), input, 3, 2, height, width);
        PrecisionCheck.check(new AvgPool2d(kernel, stride, padding), input, 3, 2, height, width);
    }

    @ParameterizedTest
    @EnumSource(GlobalPool.Kind.class)
    void globalGradientsMatchFiniteDifferences(GlobalPool.Kind kind) {
        GradientCheck.check(new GlobalPool(kind), Shape.image(3, 4, 5), 2, 3, 4, 5);
        GradientCheck.check(new GlobalPool(kind), Shape.image(1, 1, 1), 2, 1, 1, 1);
        PrecisionCheck.check(new GlobalPool(kind), Shape.image(3, 4, 5), 2, 3, 4, 5);
    }

    @Test
    void takesGreatestValuesAndMeansOfTheWindow() {
        INDArray x = Nd4j.createFromArray(new double[] {-1, -2, -3, -4, -5, -6, -7, -8, -9})
                .reshape(1, 1, 3, 3);
        assertEquals(-1, pooled(MaxPool2d.of(2), x).getDouble(0));
        assertEquals(-3, pooled(AvgPool2d.of(2), x).getDouble(0));
        assertEquals(-1, pooled(new GlobalPool(GlobalPool.Kind.MAX), x).getDouble(0));
        assertEquals(-5, pooled(new GlobalPool(GlobalPool.Kind.AVERAGE), x).getDouble(0));
    }

    @Test
    void paddingIsNoValue() {
        INDArray x = Nd4j.createFromArray(new double[] {-1, -2, -3, -4, -5, -6, -7, -8, -9})
                .reshape(1, 1, 3, 3);
        assertEquals(-9, pooled(new MaxPool2d(2, 2, Padding.SAME), x).getDouble(3));
        assertEquals(-9, pooled(new AvgPool2d(2, 2, Padding.SAME), x).getDouble(3));
    }

    @Test
    void equalGreatestValuesShareTheGradientOfAGlobalPool() {
        SinglePass run = new SinglePass(new GlobalPool(GlobalPool.Kind.MAX), Shape.image(1, 2, 2), false);
        run.layer().forward(Nd4j.createFromArray(new double[] {3, 1, 3, 2}).reshape(1, 1, 2, 2), run.pass());
        INDArray dx =
                run.layer().backward(Nd4j.createFromArray(new double[] {4}).reshape(1, 1), run.pass());
        assertEquals(Nd4j.createFromArray(new double[] {2, 0, 2, 0}), dx.reshape(4));
    }

    private static INDArray pooled(LayerSpec spec, INDArray x) {
        SinglePass run = new SinglePass(spec, Shape.image(1, 3, 3), false);
        return run.layer().forward(x, run.pass());
    }

    @Test
    void refusalsNameTheLayerAndBothSizes() {
        assertEquals(
                "maxPool (encoder.2): window of 4x4 on a picture of 3x5; the window must fit, so make it smaller, pad"
                        + " with SAME, or pool less before it",
                refusal(() -> MaxPool2d.of(4)
                        .bind(
                                Shape.image(1, 3, 5),
                                Binder.create().child("encoder").child("2"))));
        assertEquals("avgPool: kernel = 0; it must be at least 1", refusal(() -> AvgPool2d.of(0)));
        assertEquals(
                "globalPool: input is sequence(4); it takes pictures, so declare the input with Shape.image(channels,"
                        + " height, width)",
                refusal(() -> new GlobalPool(GlobalPool.Kind.MAX).bind(Shape.sequence(4), Binder.create())));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
