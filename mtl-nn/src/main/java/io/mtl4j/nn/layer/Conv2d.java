package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;

/**
 * A two-dimensional convolution {@code y = f(x * W + b)} of pictures {@code [batch, channels, height, width]} with square
 * kernels, as a cross-correlation like everywhere in this field; {@code W [filters, channels, kernel, kernel]}.
 *
 * @param filters number of output channels, at least 1
 * @param kernel rows and columns of a kernel, at least 1
 * @param stride step of the kernel, at least 1
 * @param dilation distance in the picture of neighbouring elements of the kernel, at least 1
 * @param padding what lies beyond the edge
 * @param bias whether there is a b, which starts at 0; a batch normalisation right behind makes it useless
 * @param activation f
 * @param initializer how W starts
 */
public record Conv2d(
        int filters,
        int kernel,
        int stride,
        int dilation,
        Padding padding,
        boolean bias,
        Activation activation,
        Initializer initializer)
        implements LayerSpec {

    /** Checks the values. */
    public Conv2d {
        Require.atLeast("conv: filters", filters, 1);
        window(kernel, stride, dilation, padding);
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(initializer, "initializer");
    }

    /**
     * {@return a convolution with stride 1, SAME padding, bias, ReLU and He's initialisation}
     *
     * @param filters number of output channels
     * @param kernel rows and columns of a kernel
     */
    public static Conv2d of(int filters, int kernel) {
        return new Conv2d(filters, kernel, 1, 1, Padding.SAME, true, Activation.RELU, Initializer.HE_NORMAL);
    }

    private static Window window(int kernel, int stride, int dilation, Padding padding) {
        return new Window("conv", kernel, stride, dilation, padding);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        Window window = window(kernel, stride, dilation, padding);
        Shape.Image output = window.slide(input, filters, binder);
        int channels = ((Shape.Image) input).channels();
        long area = (long) kernel * kernel;
        return new SlidingConvolution(
                window,
                output,
                activation,
                binder.weight("W", initializer, channels * area, filters * area, filters, channels, kernel, kernel),
                bias ? binder.bias("b", Initializer.ZEROS, filters) : null,
                binder.slot(),
                binder.inputNeedsGradient());
    }
}
