package io.mtl4j.nn.kernel;

import java.util.function.Function;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A two-dimensional convolution (a cross-correlation, as everywhere in this field) of pictures of either {@link
 * ImageLayout form}, with weights {@code [filters, channels, rows, columns]}. Kernels of 3x3 elements with step 1 use
 * Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, CVPR 2016) where the processor has it: a quarter of the
 * multiplications, and errors of some 1e-5 of the largest result.
 *
 * @param sliding the window
 * @param bias whether a bias is added
 * @param relu whether {@code max(0, x)} follows
 */
public record Convolution(Sliding sliding, boolean bias, boolean relu) {

    private static final int TILE = 4;

    /**
     * What came out.
     *
     * @param source the input as {@link #weightGradient} takes it
     * @param output the output, of the form that the next layer gets
     */
    public record Result(INDArray source, INDArray output) {}

    /**
     * {@return input and output of the forward direction}
     *
     * @param x pictures
     * @param w {@code [filters, channels, rows, columns]}
     * @param b {@code [filters]}; null without bias
     */
    public Result forward(INDArray x, INDArray w, INDArray b) {
        return Kernels.get(new Forward(this), key -> key.of.prepareForward()).run(x, w, b);
    }

    /**
     * Assigns the gradients of weights and bias.
     *
     * @param source what {@link #forward} gave
     * @param gradient with respect to the convolution's output before any ReLU; pictures of either form
     * @param dw receives the gradient of the weights
     * @param db receives the gradient of the bias; null without bias
     */
    public void weightGradient(INDArray source, INDArray gradient, INDArray dw, INDArray db) {
        Kernels.get(new ForWeights(this), key -> key.of.prepareForWeights()).run(source, gradient, dw, db);
    }

    /**
     * {@return the gradient of the input}
     *
     * @param gradient with respect to the convolution's output before any ReLU; pictures of either form
     * @param w the weights
     */
    public INDArray inputGradient(INDArray gradient, INDArray w) {
        return Kernels.get(new ForInput(this), key -> key.of.prepareForInput()).run(gradient, w);
    }

    private record Forward(Convolution of) {}

    private record ForWeights(Convolution of) {}

    private record ForInput(Convolution of) {}

    private ConvolutionForward prepareForward() {
        convolution_forward.primitive_desc d = forwardDescription();
        return new ConvolutionForward(ends(), new convolution_forward(d), d);
    }

    private ConvolutionForWeights prepareForWeights() {
        convolution_backward_weights.primitive_desc d = weightsDescription();
        return new ConvolutionForWeights(ends(), new convolution_backward_weights(d), d);
    }

    private ConvolutionForInput prepareForInput() {
        convolution_backward_data.primitive_desc d = inputDescription();
        return new ConvolutionForInput(ends(), new convolution_backward_data(d), d);
    }

    private ConvolutionEnds ends() {
        return new ConvolutionEnds(sliding.in(), sliding.out(), weights(Layouts::plain), bias);
    }

    private memory.desc weights(Function<long[], memory.desc> order) {
        return order.apply(
                new long[] {sliding.out().channels(), sliding.in().channels(), sliding.rows(), sliding.columns()});
    }

    /** Nothing without bias. */
    private memory.desc biases() {
        return bias ? Layouts.plain(sliding.out().channels()) : new memory.desc();
    }

    convolution_forward.primitive_desc forwardDescription() {
        return firstThatWorks((method, mayFail) -> new convolution_forward.primitive_desc(
                new convolution_forward.desc(
                        prop_kind.forward_training,
                        method,
                        sliding.wishIn(),
                        weights(Layouts::any),
                        biases(),
                        sliding.wishOut(),
                        sliding.strides(),
                        sliding.dilates(),
                        sliding.before(),
                        sliding.behind()),
                Fused.relu(relu),
                OneDnn.cpu(),
                mayFail));
    }

    convolution_backward_weights.primitive_desc weightsDescription() {
        convolution_forward.primitive_desc forward = forwardDescription();
        return firstThatWorks((method, mayFail) -> new convolution_backward_weights.primitive_desc(
                new convolution_backward_weights.desc(
                        method,
                        forward.src_desc(),
                        weights(Layouts::any),
                        biases(),
                        sliding.wishOut(),
                        sliding.strides(),
                        sliding.dilates(),
                        sliding.before(),
                        sliding.behind()),
                OneDnn.cpu(),
                forward,
                mayFail));
    }

    convolution_backward_data.primitive_desc inputDescription() {
        return firstThatWorks((method, mayFail) -> new convolution_backward_data.primitive_desc(
                new convolution_backward_data.desc(
                        method,
                        sliding.wishIn(),
                        weights(Layouts::any),
                        sliding.wishOut(),
                        sliding.strides(),
                        sliding.dilates(),
                        sliding.before(),
                        sliding.behind()),
                OneDnn.cpu(),
                forwardDescription(),
                mayFail));
    }

    /** Makes a description of an operation by a method; an empty one where there is no such operation, if it may fail. */
    private interface Attempt<D> {
        D describe(algorithm method, boolean mayFail);
    }

    /**
     * Winograd's filtering where there is one: it was as fast or faster for all pictures that its tiles of 4x4 do not
     * exceed. Pictures whose channels do not fill blocks have fast code for the direct algorithm only.
     */
    private <D extends primitive_desc_base> D firstThatWorks(Attempt<D> attempt) {
        if (sliding.in().blocked()
                && sliding.out().blocked()
                && Math.min(sliding.out().height(), sliding.out().width()) >= TILE) {
            D winograd = attempt.describe(algorithm.convolution_winograd, true);
            if (winograd.get(true) != null) {
                return winograd;
            }
        }
        return attempt.describe(algorithm.convolution_direct, false);
    }
}
