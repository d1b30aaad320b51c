package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.Convolution;
import io.mtl4j.nn.kernel.Deconvolution;
import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.kernel.OneDnn;
import io.mtl4j.nn.kernel.Picture;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A transposed convolution, which makes pictures larger (Zeiler et al., CVPR 2010): {@code y = f(Wᵀ x + b)}, where W is the matrix
 * of the convolution with the same kernels, stride and padding that makes pictures of x's size from such of y's size. Each pixel of
 * x adds its multiple of a kernel to y, {@code stride} pixels apart; {@code W [channels, filters, kernel, kernel]}. Pictures of n
 * rows get {@code n * stride} with {@link Padding#SAME} and {@code (n - 1) * stride + kernel} with {@link Padding#VALID}.
 *
 * <p>A kernel that the stride divides gives all pixels as many terms, and no checkerboard pattern at the start.
 *
 * @param filters number of output channels, at least 1
 * @param kernel rows and columns of a kernel, at least 1
 * @param stride distance of two neighbouring kernels, at least 1
 * @param padding what is cut off at the edges
 * @param activation f
 * @param initializer how W starts; b starts at 0
 */
public record TransposedConv2d(
        int filters, int kernel, int stride, Padding padding, Activation activation, Initializer initializer)
        implements LayerSpec {

    /** Checks the values. */
    public TransposedConv2d {
        Require.atLeast("transposed conv: filters", filters, 1);
        window(kernel, stride, padding);
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(initializer, "initializer");
    }

    /**
     * {@return a transposed convolution with SAME padding, ReLU and He's initialisation}
     *
     * @param filters number of output channels
     * @param kernel rows and columns of a kernel
     * @param stride how many times as large pictures become
     */
    public static TransposedConv2d of(int filters, int kernel, int stride) {
        return new TransposedConv2d(filters, kernel, stride, Padding.SAME, Activation.RELU, Initializer.HE_NORMAL);
    }

    private static Window window(int kernel, int stride, Padding padding) {
        return new Window("transposed conv", kernel, stride, 1, padding);
    }

    private int grown(int size) {
        long grown = padding == Padding.SAME ? (long) size * stride : (size - 1L) * stride + kernel;
        return Require.product("transposed conv of " + size + " pixels by " + stride, grown);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Image image)) {
            throw new IllegalArgumentException("transposed conv: input is " + input + "; it takes pictures");
        }
        long area = (long) kernel * kernel;
        long terms = Math.max(1, image.channels() * area / ((long) stride * stride));
        return new Bound(
                window(kernel, stride, padding),
                image,
                Shape.image(filters, grown(image.height()), grown(image.width())),
                activation,
                binder.weight("W", initializer, terms, filters * area, image.channels(), filters, kernel, kernel),
                binder.bias("b", Initializer.ZEROS, filters),
                binder.slot(),
                binder.inputNeedsGradient());
    }

    /** What backward needs; {@code direct} is oneDNN's operation, null if ND4J's was used. */
    private record Kept(Deconvolution direct, INDArray source, INDArray activation) {}

    private record Bound(
            Window window,
            Shape.Image small,
            Shape.Image outputShape,
            Activation activation,
            Parameter weight,
            Parameter bias,
            Slot<Kept> kept,
            boolean needsGradient)
            implements Layer {

        @Override
        public boolean takesBlocks() {
            return true;
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            return OneDnn.serves(x) ? direct(x, pass) : onNd4j(x, pass);
        }

        private INDArray direct(INDArray x, Pass pass) {
            Picture large =
                    new Picture((int) x.size(0), outputShape.channels(), outputShape.height(), outputShape.width());
            Deconvolution deconvolution = new Deconvolution(window.over(large, small));
            Convolution.Result result = deconvolution.forward(x, pass.value(weight), pass.value(bias));
            return activated(deconvolution, result.source(), result.output(), pass);
        }

        /** The gradient of the convolution's input, whose value does not matter for it. */
        private INDArray onNd4j(INDArray x, Pass pass) {
            INDArray w = pass.value(weight);
            INDArray any = Nd4j.zeros(
                    x.dataType(), x.size(0), outputShape.channels(), outputShape.height(), outputShape.width());
            INDArray z = convolution().backward(any, w, null, x, w.ulike(), null);
            Sums.into(z, pass.value(bias).reshape('c', 1, outputShape.channels(), 1, 1), z);
            return activated(null, x, z, pass);
        }

        private INDArray activated(Deconvolution direct, INDArray source, INDArray z, Pass pass) {
            INDArray y = activation.apply(z);
            pass.save(kept, new Kept(direct, source, activation.keepsInput() ? z : y));
            return y;
        }

        private Nd4jConvolution convolution() {
            return new Nd4jConvolution(window, small);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            Kept k = pass.load(kept);
            INDArray g = activation.gradient(k.activation, ImageLayout.like(gradient, k.activation));
            INDArray w = pass.value(weight);
            if (k.direct != null) {
                k.direct.weightGradient(k.source, g, pass.gradient(weight), pass.gradient(bias));
                return needsGradient ? k.direct.inputGradient(g, w) : null;
            }
            convolution().backward(g, w, null, k.source, pass.gradient(weight), null);
            pass.gradient(bias).assign(g.sum(0, 2, 3));
            return needsGradient ? convolution().forward(g, w, null) : null;
        }
    }
}
