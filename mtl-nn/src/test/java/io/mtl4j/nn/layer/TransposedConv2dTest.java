package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class TransposedConv2dTest {

    private static TransposedConv2d conv(int filters, int kernel, int stride, Padding padding) {
        return new TransposedConv2d(filters, kernel, stride, padding, Activation.IDENTITY, Initializer.HE_NORMAL);
    }

    @ParameterizedTest(name = "kernel {0} stride {1} {2} picture {3}x{4}")
    @CsvSource({
        "1, 1, SAME, 3, 4",
        "2, 2, SAME, 3, 4",
        "3, 1, SAME, 4, 3",
        "3, 2, SAME, 3, 4",
        "4, 2, SAME, 3, 2",
        "1, 2, SAME, 3, 2",
        "2, 2, VALID, 3, 4",
        "3, 2, VALID, 2, 3",
        "5, 3, VALID, 1, 2",
        "3, 1, VALID, 1, 1",
    })
    void gradientsMatchFiniteDifferencesAndOutputsTheDefinition(
            int kernel, int stride, Padding padding, int height, int width) {
        TransposedConv2d conv = conv(3, kernel, stride, padding);
        GradientCheck.check(conv, Shape.image(2, height, width), 2, 2, height, width);
        SinglePass run = new SinglePass(conv, Shape.image(2, height, width), false);
        INDArray x = GradientCheck.array(GradientCheck.random(3), 1, 2, 2, height, width);
        INDArray y = run.layer().forward(x, run.pass());
        Shape.Image out = (Shape.Image) run.layer().outputShape();
        boolean same = padding == Padding.SAME;
        assertEquals(same ? height * stride : (height - 1) * stride + kernel, out.height());
        assertArrayEquals(new long[] {2, 3, out.height(), out.width()}, y.shape());
        for (int row = 0; row < out.height(); row++) {
            long[] at = {1, 2, row, out.width() - 1};
            int cut = same ? Math.max(0, kernel - stride) / 2 : 0;
            assertEquals(definition(run, x, at, stride, cut), y.getDouble(at), 1e-9);
        }
    }

    /** Each pixel of x puts its multiple of the kernel down; {@code cut} rows and columns before are cut off. */
    private static double definition(SinglePass run, INDArray x, long[] at, int stride, int cut) {
        INDArray w = run.value("W");
        double sum = run.value("b").getDouble(at[1]);
        for (int c = 0; c < x.size(1); c++) {
            for (int i = 0; i < x.size(2); i++) {
                for (int j = 0; j < x.size(3); j++) {
                    long row = at[2] + cut - (long) i * stride;
                    long column = at[3] + cut - (long) j * stride;
                    if (row >= 0 && row < w.size(2) && column >= 0 && column < w.size(3)) {
                        sum += x.getDouble(at[0], c, i, j) * w.getDouble(c, at[1], row, column);
                    }
                }
            }
        }
        return sum;
    }

    @ParameterizedTest(name = "{0} to {1} channels, kernel {2} stride {3} {4} picture {5}x{6}")
    @CsvSource({
        "2, 3, 1, 1, SAME, 3, 4",
        "2, 3, 2, 2, SAME, 3, 4",
        "16, 16, 2, 2, SAME, 7, 7",
        "32, 16, 4, 2, SAME, 7, 6",
        "16, 10, 4, 2, SAME, 5, 6",
        "3, 16, 3, 2, SAME, 5, 6",
        "16, 32, 3, 1, SAME, 8, 8",
        "16, 16, 3, 2, VALID, 5, 6",
        "5, 3, 5, 3, VALID, 2, 3",
        "16, 16, 1, 2, SAME, 3, 3",
    })
    void singlePrecisionTakesOtherNativeCodeAndAgreesWithDouble(
            int channels, int filters, int kernel, int stride, Padding padding, int height, int width) {
        PrecisionCheck.check(
                conv(filters, kernel, stride, padding),
                Shape.image(channels, height, width),
                4,
                channels,
                height,
                width);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationPropagates(Activation activation) {
        TransposedConv2d conv = new TransposedConv2d(3, 2, 2, Padding.SAME, activation, Initializer.HE_NORMAL);
        GradientCheck.check(conv, Shape.image(2, 2, 3), 2, 2, 2, 3);
        PrecisionCheck.check(
                new TransposedConv2d(16, 2, 2, Padding.SAME, activation, Initializer.HE_NORMAL),
                Shape.image(16, 2, 3),
                2,
                16,
                2,
                3);
    }

    @Test
    void returnsNoGradientOfData() {
        Binder binder = Binder.create();
        Layer layer = conv(2, 2, 2, Padding.SAME).bind(Shape.image(1, 2, 2), binder.dataInput(true));
        SinglePass run = new SinglePass(layer, binder, false);
        INDArray y = layer.forward(GradientCheck.array(GradientCheck.random(3), 1, 2, 1, 2, 2), run.pass());
        assertNull(layer.backward(y, run.pass()));
    }

    @Test
    void refusalsSayWhatIsWrong() {
        assertEquals(
                "transposed conv: input is vector(7); it takes pictures",
                refusal(() -> TransposedConv2d.of(2, 2, 2).bind(Shape.vector(7), Binder.create())));
        assertEquals(
                "transposed conv: filters = 0; it must be at least 1", refusal(() -> TransposedConv2d.of(0, 2, 2)));
        assertEquals("transposed conv: stride = 0; it must be at least 1", refusal(() -> TransposedConv2d.of(1, 2, 0)));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
