package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mtl4j.nn.kernel.ImageLayout;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** In single precision pictures with many channels lie in blocks, and other code computes: same results as in double. */
class BlockedPicturesTest {

    /** Winograd's filtering adds larger numbers than its results are, which costs a decimal. */
    private static final double WINOGRAD = 1e-4;

    private static final Activation RELU = Activation.RELU;

    static Stream<Arguments> layers() {
        return Stream.of(
                arguments(Conv2d.of(32, 3), Shape.image(16, 12, 12)),
                arguments(Conv2d.of(64, 3), Shape.image(64, 16, 16)),
                arguments(Conv2d.of(16, 3), Shape.image(3, 9, 11)),
                arguments(Conv2d.of(10, 5), Shape.image(32, 8, 8)),
                arguments(Conv2d.of(32, 1), Shape.image(24, 7, 5)),
                arguments(Conv2d.of(16, 3), Shape.image(8, 9, 7)),
                arguments(Conv2d.of(32, 3), Shape.image(4, 6, 6)),
                arguments(conv(16, 2, 1, Padding.SAME, RELU), Shape.image(12, 9, 10)),
                arguments(conv(16, 2, 1, Padding.SAME, RELU), Shape.image(16, 9, 10)),
                arguments(conv(32, 2, 1, Padding.VALID, RELU), Shape.image(16, 10, 9)),
                arguments(conv(16, 1, 2, Padding.SAME, RELU), Shape.image(16, 9, 9)),
                arguments(conv(16, 1, 1, Padding.SAME, Activation.GELU), Shape.image(16, 6, 6)),
                arguments(conv(16, 1, 1, Padding.SAME, Activation.TANH), Shape.image(32, 6, 6)),
                arguments(conv(16, 1, 1, Padding.SAME, Activation.IDENTITY), Shape.image(32, 6, 6)),
                arguments(MaxPool2d.of(2), Shape.image(16, 9, 8)),
                arguments(new MaxPool2d(3, 2, Padding.SAME), Shape.image(32, 8, 9)),
                arguments(new AvgPool2d(3, 2, Padding.SAME), Shape.image(32, 8, 9)),
                arguments(BatchNorm.of(RELU), Shape.image(32, 5, 6)),
                arguments(BatchNorm.of(Activation.SWISH), Shape.image(16, 5, 6)),
                arguments(network(16, 32), Shape.image(3, 12, 12)),
                arguments(network(10, 32), Shape.image(16, 12, 12)),
                arguments(network(16, 12), Shape.image(16, 12, 12)));
    }

    private static Conv2d conv(int filters, int stride, int dilation, Padding padding, Activation activation) {
        return new Conv2d(filters, 3, stride, dilation, padding, true, activation, Initializer.HE_NORMAL);
    }

    /** Layers that know blocks and such that do not, with a residual whose branches have different layouts. */
    private static LayerSpec network(int first, int second) {
        Chain body = Chain.of(BatchNorm.of(RELU), conv(second, 1, 1, Padding.SAME, Activation.IDENTITY));
        return Chain.of(
                Conv2d.of(first, 3),
                new PadTo(14, 14),
                MaxPool2d.of(2),
                new Residual(body, RELU, Initializer.HE_NORMAL, true),
                new ActivationLayer(Activation.TANH),
                new RepeatChannels(2),
                new Residual(Chain.of(Conv2d.of(2 * second, 3)), RELU, Initializer.HE_NORMAL, true),
                new GlobalPool(GlobalPool.Kind.AVERAGE));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void singlePrecisionAgreesWithDouble(LayerSpec layer, Shape.Image input) {
        PrecisionCheck.check(WINOGRAD, layer, input, 5, input.channels(), input.height(), input.width());
    }

    @Test
    void flatteningKeepsTheOrderOfPlainPictures() {
        PrecisionCheck.check(WINOGRAD, Chain.of(Conv2d.of(16, 3), new Flatten()), Shape.image(16, 4, 6), 3, 16, 4, 6);
    }

    @Test
    void manyThreadsGetTheAnswersOfOne() {
        LayerRun run = new LayerRun(Chain.of(Conv2d.of(32, 3), MaxPool2d.of(2)), Shape.image(16, 8, 8), DataType.FLOAT);
        INDArray x =
                GradientCheck.array(GradientCheck.random(5), 1, 4, 16, 8, 8).castTo(DataType.FLOAT);
        INDArray[] values = {run.value("0.W"), run.value("0.b")};
        float[] alone = forward(run, values, x);
        List<float[]> together = IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> forward(run, values, x))
                .toList();
        assertEquals(32, together.size());
        together.forEach(y -> assertArrayEquals(alone, y));
    }

    private static float[] forward(LayerRun run, INDArray[] values, INDArray x) {
        Pass pass = new Pass(values, new INDArray[0], run.binder().slots(), null, null, false);
        return ImageLayout.plain(run.layer().forward(x, pass)).data().asFloat();
    }
}
