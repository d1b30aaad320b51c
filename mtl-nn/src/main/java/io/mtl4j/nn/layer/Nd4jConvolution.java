package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A convolution of plain pictures by ND4J's operations. A dilated kernel is run as a larger one with zeros between its
 * elements, because the operation refuses dilation where it runs on oneDNN; so it takes the time of the larger one.
 *
 * @param window the window
 * @param output the shape of a picture that comes out
 */
record Nd4jConvolution(Window window, Shape.Image output) {

    INDArray forward(INDArray x, INDArray w, INDArray b) {
        INDArray z =
                Nd4j.createUninitialized(x.dataType(), x.size(0), output.channels(), output.height(), output.width());
        INDArray spread = spread(w);
        run("conv2d", b == null ? array(x, spread) : array(x, spread, b), array(z));
        return z;
    }

    /** Assigns the gradients of weights and bias, and returns the input's, which the operation cannot leave out. */
    INDArray backward(INDArray x, INDArray w, INDArray b, INDArray gradient, INDArray dw, INDArray db) {
        INDArray spread = spread(w);
        INDArray target = window.dilation() == 1 ? dw : spread.ulike();
        INDArray dx = x.ulike();
        run(
                "conv2d_bp",
                b == null ? array(x, spread, gradient) : array(x, spread, b, gradient),
                b == null ? array(dx, target) : array(dx, target, db));
        if (window.dilation() > 1) {
            dw.assign(elements(target));
        }
        return dx;
    }

    /** The kernels with zeros between their elements. */
    private INDArray spread(INDArray w) {
        if (window.dilation() == 1) {
            return w;
        }
        long extent = (w.size(2) - 1) * window.dilation() + 1;
        INDArray wide = Nd4j.zeros(w.dataType(), w.size(0), w.size(1), extent, extent);
        elements(wide).assign(w);
        return wide;
    }

    /** A view of what stands between the zeros. */
    private INDArray elements(INDArray wide) {
        INDArrayIndex every = NDArrayIndex.interval(0, window.dilation(), wide.size(2));
        return wide.get(NDArrayIndex.all(), NDArrayIndex.all(), every, every);
    }

    private static INDArray[] array(INDArray... arrays) {
        return arrays;
    }

    private void run(String operation, INDArray[] inputs, INDArray[] outputs) {
        Nd4j.exec(DynamicCustomOp.builder(operation)
                .addInputs(inputs)
                .addOutputs(outputs)
                .addIntegerArguments(window.convolution())
                .build());
    }
}
