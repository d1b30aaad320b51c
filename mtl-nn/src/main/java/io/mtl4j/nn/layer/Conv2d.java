package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A two-dimensional convolution {@code y = f(x * W + b)} of pictures {@code [batch, channels, height, width]} with square
 * kernels, as a cross-correlation like everywhere in this field; {@code W [filters, channels, kernel, kernel]}. A dilated
 * kernel is run as a larger one with zeros between its elements, because the native operation refuses dilation in single
 * precision; so it takes the time of the larger one.
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
        return new Bound(
                output,
                window.convolution(),
                dilation,
                activation,
                binder.weight("W", initializer, channels * area, filters * area, filters, channels, kernel, kernel),
                bias ? binder.bias("b", Initializer.ZEROS, filters) : null,
                binder.slot(),
                binder.slot(),
                binder.inputNeedsGradient());
    }

    private record Bound(
            Shape.Image outputShape,
            int[] arguments,
            int dilation,
            Activation activation,
            Parameter weight,
            Parameter bias,
            Slot<INDArray> input,
            Slot<INDArray> kept,
            boolean needsGradient)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray z = Nd4j.createUninitialized(
                    x.dataType(), x.size(0), outputShape.channels(), outputShape.height(), outputShape.width());
            INDArray w = spread(pass.value(weight));
            run("conv2d", bias == null ? array(x, w) : array(x, w, pass.value(bias)), array(z));
            INDArray y = activation.apply(z);
            pass.save(input, x);
            pass.save(kept, activation.keepsInput() ? z : y);
            return y;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray x = pass.load(input);
            INDArray g = activation.gradient(pass.load(kept), gradient);
            INDArray w = spread(pass.value(weight));
            INDArray dw = dilation == 1 ? pass.gradient(weight) : w.ulike();
            // The native operation cannot leave the input's gradient out.
            INDArray dx = x.ulike();
            run(
                    "conv2d_bp",
                    bias == null ? array(x, w, g) : array(x, w, pass.value(bias), g),
                    bias == null ? array(dx, dw) : array(dx, dw, pass.gradient(bias)));
            if (dilation > 1) {
                pass.gradient(weight).assign(elements(dw));
            }
            return needsGradient ? dx : null;
        }

        /** The kernels with zeros between their elements. */
        private INDArray spread(INDArray w) {
            if (dilation == 1) {
                return w;
            }
            long extent = (w.size(2) - 1) * dilation + 1;
            INDArray wide = Nd4j.zeros(w.dataType(), w.size(0), w.size(1), extent, extent);
            elements(wide).assign(w);
            return wide;
        }

        /** A view of what stands between the zeros. */
        private INDArray elements(INDArray wide) {
            INDArrayIndex every = NDArrayIndex.interval(0, dilation, wide.size(2));
            return wide.get(NDArrayIndex.all(), NDArrayIndex.all(), every, every);
        }

        private static INDArray[] array(INDArray... arrays) {
            return arrays;
        }

        private void run(String operation, INDArray[] inputs, INDArray[] outputs) {
            Nd4j.exec(DynamicCustomOp.builder(operation)
                    .addInputs(inputs)
                    .addOutputs(outputs)
                    .addIntegerArguments(arguments)
                    .build());
        }
    }
}
