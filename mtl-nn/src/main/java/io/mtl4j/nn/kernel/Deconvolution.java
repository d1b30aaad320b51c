package io.mtl4j.nn.kernel;

import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A transposed convolution with bias of pictures of either {@link ImageLayout form}: what the gradient of a {@link Convolution}
 * does to make its input from its output. Weights are those of that convolution, {@code [channels, filters, rows, columns]} for
 * pictures of so many channels that come in and filters that come out.
 *
 * @param sliding the window of that convolution: over the pictures that come out, making those that come in
 */
public record Deconvolution(Sliding sliding) {

    /**
     * {@return input and output of the forward direction}
     *
     * @param x pictures
     * @param w {@code [channels, filters, rows, columns]}
     * @param b {@code [filters]}
     */
    public Convolution.Result forward(INDArray x, INDArray w, INDArray b) {
        return Kernels.get(new Forward(this), key -> key.of.prepareForward()).run(x, w, b);
    }

    /**
     * Assigns the gradients of weights and bias.
     *
     * @param source what {@link #forward} gave
     * @param gradient with respect to the output; pictures of either form
     * @param dw receives the gradient of the weights
     * @param db receives the gradient of the bias
     */
    public void weightGradient(INDArray source, INDArray gradient, INDArray dw, INDArray db) {
        Kernels.get(new ForWeights(this), key -> key.of.prepareForWeights()).run(source, gradient, dw, db);
    }

    /**
     * {@return the gradient of the input}
     *
     * @param gradient with respect to the output; pictures of either form
     * @param w the weights
     */
    public INDArray inputGradient(INDArray gradient, INDArray w) {
        return Kernels.get(new ForInput(this), key -> key.of.prepareForInput()).run(gradient, w);
    }

    private record Forward(Deconvolution of) {}

    private record ForWeights(Deconvolution of) {}

    private record ForInput(Deconvolution of) {}

    private ConvolutionEnds ends() {
        return new ConvolutionEnds(small(), large(), weights(), true);
    }

    private Picture small() {
        return sliding.out();
    }

    private Picture large() {
        return sliding.in();
    }

    private long[] weightShape() {
        return new long[] {large().channels(), small().channels(), sliding.rows(), sliding.columns()};
    }

    /** The weights' layout in the model: for oneDNN, filters come first. */
    private memory.desc weights() {
        long area = (long) sliding.rows() * sliding.columns();
        return Layouts.strided(weightShape(), new long[] {area, large().channels() * area, sliding.columns(), 1});
    }

    private memory.desc biases() {
        return Layouts.plain(large().channels());
    }

    private deconvolution_forward.primitive_desc description() {
        return new deconvolution_forward.primitive_desc(
                new deconvolution_forward.desc(
                        prop_kind.forward_training,
                        algorithm.deconvolution_direct,
                        small().wish(),
                        Layouts.any(weightShape()),
                        biases(),
                        large().wish(),
                        sliding.strides(),
                        sliding.dilates(),
                        sliding.before(),
                        sliding.behind()),
                OneDnn.cpu());
    }

    private ConvolutionForward prepareForward() {
        deconvolution_forward.primitive_desc d = description();
        return new ConvolutionForward(ends(), new deconvolution_forward(d), d);
    }

    private ConvolutionForWeights prepareForWeights() {
        deconvolution_forward.primitive_desc forward = description();
        var d = new deconvolution_backward_weights.primitive_desc(
                new deconvolution_backward_weights.desc(
                        algorithm.deconvolution_direct,
                        forward.src_desc(),
                        Layouts.any(weightShape()),
                        biases(),
                        large().wish(),
                        sliding.strides(),
                        sliding.dilates(),
                        sliding.before(),
                        sliding.behind()),
                OneDnn.cpu(),
                forward);
        return new ConvolutionForWeights(ends(), new deconvolution_backward_weights(d), d);
    }

    private ConvolutionForInput prepareForInput() {
        var d = new deconvolution_backward_data.primitive_desc(
                new deconvolution_backward_data.desc(
                        algorithm.deconvolution_direct,
                        small().wish(),
                        Layouts.any(weightShape()),
                        large().wish(),
                        sliding.strides(),
                        sliding.dilates(),
                        sliding.before(),
                        sliding.behind()),
                OneDnn.cpu(),
                description());
        return new ConvolutionForInput(ends(), new deconvolution_backward_data(d), d);
    }
}
