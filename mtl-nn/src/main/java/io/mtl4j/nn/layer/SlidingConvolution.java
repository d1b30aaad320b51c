package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.Convolution;
import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.kernel.OneDnn;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A bound {@link Conv2d}. */
record SlidingConvolution(
        Window window,
        Shape.Image outputShape,
        Activation activation,
        Parameter weight,
        Parameter bias,
        Slot<SlidingConvolution.Kept> kept,
        boolean needsGradient)
        implements Layer {

    /** What backward needs; {@code direct} is oneDNN's convolution, null if ND4J's was used. */
    record Kept(Convolution direct, INDArray source, INDArray activation) {}

    @Override
    public boolean takesBlocks() {
        return true;
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        return OneDnn.serves(x) ? direct(x, pass) : onNd4j(x, pass);
    }

    private INDArray direct(INDArray x, Pass pass) {
        boolean relu = activation == Activation.RELU;
        Convolution convolution = new Convolution(window.over(ImageLayout.picture(x), outputShape), bias != null, relu);
        Convolution.Result result = convolution.forward(x, pass.value(weight), bias == null ? null : pass.value(bias));
        INDArray z = result.output();
        INDArray y = relu ? z : activation.apply(z);
        pass.save(kept, new Kept(convolution, result.source(), activation.keepsInput() ? z : y));
        return y;
    }

    private INDArray onNd4j(INDArray x, Pass pass) {
        INDArray z = new Nd4jConvolution(window, outputShape)
                .forward(x, pass.value(weight), bias == null ? null : pass.value(bias));
        INDArray y = activation.apply(z);
        pass.save(kept, new Kept(null, x, activation.keepsInput() ? z : y));
        return y;
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        Kept k = pass.load(kept);
        INDArray g = activation.gradient(k.activation, ImageLayout.like(gradient, k.activation));
        INDArray w = pass.value(weight);
        INDArray db = bias == null ? null : pass.gradient(bias);
        if (k.direct == null) {
            INDArray dx = new Nd4jConvolution(window, outputShape)
                    .backward(k.source, w, bias == null ? null : pass.value(bias), g, pass.gradient(weight), db);
            return needsGradient ? dx : null;
        }
        k.direct.weightGradient(k.source, g, pass.gradient(weight), db);
        return needsGradient ? k.direct.inputGradient(g, w) : null;
    }
}
