package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.Picture;
import io.mtl4j.nn.kernel.Sliding;
import java.util.Objects;

/**
 * The square window that a convolution or a pooling slides over a picture.
 *
 * @param what the layer's name, for messages
 * @param kernel rows and columns of the window
 * @param stride step of the window
 * @param dilation distance of the kernel's neighbouring elements in the picture
 * @param padding what lies beyond the edge
 */
record Window(String what, int kernel, int stride, int dilation, Padding padding) {

    private static final int NCHW = 0;

    Window {
        Require.atLeast(what + ": kernel", kernel, 1);
        Require.atLeast(what + ": stride", stride, 1);
        Require.atLeast(what + ": dilation", dilation, 1);
        Objects.requireNonNull(padding, "padding");
    }

    /** The picture that comes out, with the given number of channels or, if that is 0, the input's. */
    Shape.Image slide(Shape input, int channels, Binder binder) {
        if (!(input instanceof Shape.Image image)) {
            throw new IllegalArgumentException(at(binder) + "input is " + input
                    + "; it takes pictures, so declare the input with Shape.image(channels, height, width)");
        }
        return Shape.image(
                channels == 0 ? image.channels() : channels,
                steps(image.height(), image, binder),
                steps(image.width(), image, binder));
    }

    private int steps(int size, Shape.Image image, Binder binder) {
        if (padding == Padding.SAME) {
            return (size + stride - 1) / stride;
        }
        if (extent() > size) {
            throw new IllegalArgumentException(
                    at(binder) + "window of " + extent() + "x" + extent() + " on a picture of "
                            + image.height() + "x" + image.width()
                            + "; the window must fit, so make it smaller, pad with SAME, or pool less before it");
        }
        return (size - extent()) / stride + 1;
    }

    private String at(Binder binder) {
        return binder.scope().isEmpty() ? what + ": " : what + " (" + binder.scope() + "): ";
    }

    private int extent() {
        return (kernel - 1) * dilation + 1;
    }

    /** Arguments of {@code conv2d} for NCHW pictures and weights {@code [out, in, extent, extent]}. */
    int[] convolution() {
        return arguments(NCHW, 1);
    }

    /** Arguments of the pooling operations for NCHW pictures; averages leave the padding out. */
    int[] pooling() {
        return arguments(0, NCHW);
    }

    /** The window over a batch of pictures, for oneDNN. */
    Sliding over(Picture in, Shape.Image output) {
        Picture out = new Picture(in.batch(), output.channels(), output.height(), output.width());
        return new Sliding(in, out, kernel, kernel, stride, dilation, padding == Padding.SAME);
    }

    /** Sizes, steps, explicit padding (none), dilation (none), mode, and two that depend on the operation. */
    private int[] arguments(int tenth, int eleventh) {
        int same = padding == Padding.SAME ? 1 : 0;
        return new int[] {extent(), extent(), stride, stride, 0, 0, 1, 1, same, tenth, eleventh};
    }
}
