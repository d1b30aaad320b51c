package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class Conv2dTest {

    private static Conv2d conv(int kernel, int stride, int dilation, Padding padding, boolean bias) {
        return new Conv2d(3, kernel, stride, dilation, padding, bias, Activation.IDENTITY, Initializer.HE_NORMAL);
    }

    @ParameterizedTest(name = "kernel {0} stride {1} dilation {2} {3} bias {4} picture {5}x{6}")
    @CsvSource({
        "1, 1, 1, SAME, true, 4, 5",
        "1, 2, 1, SAME, false, 5, 4",
        "2, 1, 1, SAME, true, 5, 5",
        "2, 2, 1, VALID, true, 5, 7",
        "3, 1, 1, SAME, true, 6, 6",
        "3, 1, 1, VALID, false, 5, 4",
        "3, 2, 1, SAME, true, 6, 7",
        "3, 2, 1, VALID, true, 6, 7",
        "3, 1, 2, SAME, true, 6, 7",
        "3, 1, 2, VALID, true, 6, 7",
        "5, 1, 1, SAME, false, 3, 4",
        "5, 3, 1, SAME, true, 7, 8",
    })
    void gradientsMatchFiniteDifferencesAndOutputsTheDefinition(
            int kernel, int stride, int dilation, Padding padding, boolean bias, int height, int width) {
        Conv2d conv = conv(kernel, stride, dilation, padding, bias);
        GradientCheck.check(conv, Shape.image(2, height, width), 3, 2, height, width);
        SinglePass run = new SinglePass(conv, Shape.image(2, height, width), false);
        INDArray x = GradientCheck.array(GradientCheck.random(3), 1, 2, 2, height, width);
        Shape.Image out = (Shape.Image) run.layer().outputShape();
        INDArray y = run.layer().forward(x, run.pass());
        for (long[] at : new long[][] {
            {0, 0, 0, 0}, {1, 2, out.height() - 1, out.width() - 1}, {1, 1, out.height() / 2, out.width() / 2}
        }) {
            assertEquals(definition(conv, run, x, at, out), y.getDouble(at), 1e-9);
        }
    }

    @ParameterizedTest(name = "kernel {0} stride {1} dilation {2} {3} bias {4} picture {5}x{6}")
    @CsvSource({
        "1, 1, 1, SAME, true, 4, 5",
        "1, 2, 1, SAME, false, 5, 4",
        "2, 1, 1, SAME, true, 5, 5",
        "2, 2, 1, VALID, true, 5, 7",
        "3, 1, 1, SAME, true, 16, 16",
        "3, 1, 1, VALID, false, 5, 4",
        "3, 2, 1, SAME, true, 6, 7",
        "3, 2, 1, VALID, false, 6, 7",
        "3, 1, 2, SAME, true, 6, 7",
        "3, 2, 2, SAME, true, 9, 8",
        "3, 1, 2, VALID, false, 6, 7",
        "5, 1, 1, SAME, false, 3, 4",
        "5, 3, 1, SAME, true, 7, 8",
    })
    void singlePrecisionTakesOtherNativeCodeAndAgreesWithDouble(
            int kernel, int stride, int dilation, Padding padding, boolean bias, int height, int width) {
        Conv2d conv = conv(kernel, stride, dilation, padding, bias);
        PrecisionCheck.check(conv, Shape.image(2, height, width), 4, 2, height, width);
    }

    private static double definition(Conv2d conv, SinglePass run, INDArray x, long[] at, Shape.Image out) {
        INDArray w = run.value("W");
        int size = conv.kernel();
        long top = before(conv, x.size(2), out.height());
        long left = before(conv, x.size(3), out.width());
        double sum = conv.bias() ? run.value("b").getDouble(at[1]) : 0;
        for (int c = 0; c < x.size(1); c++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    long row = at[2] * conv.stride() + (long) i * conv.dilation() - top;
                    long column = at[3] * conv.stride() + (long) j * conv.dilation() - left;
                    if (row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3)) {
                        sum += w.getDouble(at[1], c, i, j) * x.getDouble(at[0], c, row, column);
                    }
                }
            }
        }
        return sum;
    }

    private static long before(Conv2d conv, long in, long out) {
        if (conv.padding() == Padding.VALID) {
            return 0;
        }
        long extent = (conv.kernel() - 1L) * conv.dilation() + 1;
        return Math.max(0, (out - 1) * conv.stride() + extent - in) / 2;
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationPropagates(Activation activation) {
        Conv2d conv = new Conv2d(3, 3, 1, 1, Padding.SAME, true, activation, Initializer.HE_NORMAL);
        GradientCheck.check(conv, Shape.image(2, 4, 4), 2, 2, 4, 4);
    }

    @Test
    void returnsNoGradientOfData() {
        Binder binder = Binder.create();
        Layer layer = Conv2d.of(2, 3).bind(Shape.image(1, 4, 4), binder.dataInput(true));
        SinglePass run = new SinglePass(layer, binder, false);
        INDArray y = layer.forward(GradientCheck.array(GradientCheck.random(3), 1, 2, 1, 4, 4), run.pass());
        assertNull(layer.backward(y, run.pass()));
    }

    @Test
    void refusalsNameTheLayerAndBothSizes() {
        assertEquals(
                "conv (encoder.3): window of 5x5 on a picture of 4x6; the window must fit, so make it smaller, pad with"
                        + " SAME, or pool less before it",
                refusal(() -> conv(3, 1, 2, Padding.VALID, true)
                        .bind(
                                Shape.image(1, 4, 6),
                                Binder.create().child("encoder").child("3"))));
        assertEquals(
                "conv: input is vector(7); it takes pictures, so declare the input with Shape.image(channels, height,"
                        + " width)",
                refusal(() -> Conv2d.of(2, 3).bind(Shape.vector(7), Binder.create())));
        assertEquals("conv: filters = 0; it must be at least 1", refusal(() -> Conv2d.of(0, 3)));
        assertEquals("conv: kernel = 0; it must be at least 1", refusal(() -> Conv2d.of(2, 0)));
        assertEquals("conv: stride = -1; it must be at least 1", refusal(() -> conv(1, -1, 1, Padding.SAME, true)));
        assertEquals("conv: dilation = 0; it must be at least 1", refusal(() -> conv(1, 1, 0, Padding.SAME, true)));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
