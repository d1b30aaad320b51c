package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

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
        return Kernels.get(new ForwardKey(this), key -> new Forward(key.of)).run(x, w, b);
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
        Kernels.get(new ForWeightsKey(this), key -> new ForWeights(key.of)).run(source, gradient, dw, db);
    }

    /**
     * {@return the gradient of the input}
     *
     * @param gradient with respect to the output; pictures of either form
     * @param w the weights
     */
    public INDArray inputGradient(INDArray gradient, INDArray w) {
        return Kernels.get(new ForInputKey(this), key -> new ForInput(key.of)).run(gradient, w);
    }

    private record ForwardKey(Deconvolution of) {}

    private record ForWeightsKey(Deconvolution of) {}

    private record ForInputKey(Deconvolution of) {}

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

    private static final class Forward {
        private final Deconvolution of;
        private final Kernel kernel;
        private final Conversion source;
        private final Conversion weights;
        private final Conversion result;
        private final memory.desc resultLayout;

        Forward(Deconvolution of) {
            this.of = of;
            deconvolution_forward.primitive_desc d = of.description();
            this.resultLayout = d.dst_desc();
            this.kernel = new Kernel(new deconvolution_forward(d))
                    .takes(DNNL_ARG_SRC, d.src_desc())
                    .takes(DNNL_ARG_WEIGHTS, d.weights_desc())
                    .takes(DNNL_ARG_BIAS, d.bias_desc())
                    .takes(DNNL_ARG_DST, resultLayout);
            this.source = new Conversion(of.small().layout(), d.src_desc());
            this.weights = new Conversion(of.weights(), d.weights_desc());
            this.result = new Conversion(resultLayout, of.large().layout());
        }

        Convolution.Result run(INDArray x, INDArray w, INDArray b) {
            INDArray input = source.of(of.small().arranged(x));
            INDArray output = of.large().room();
            INDArray target = result.before(resultLayout, output);
            kernel.with(DNNL_ARG_SRC, input)
                    .with(DNNL_ARG_WEIGHTS, weights.of(w))
                    .with(DNNL_ARG_BIAS, b)
                    .with(DNNL_ARG_DST, target)
                    .run();
            return new Convolution.Result(input, result.into(target, output));
        }
    }

    private static final class ForWeights {
        private final Deconvolution of;
        private final Kernel kernel;
        private final Conversion gradient;
        private final Conversion weights;
        private final memory.desc weightsLayout;

        ForWeights(Deconvolution of) {
            this.of = of;
            deconvolution_forward.primitive_desc forward = of.description();
            Sliding s = of.sliding();
            deconvolution_backward_weights.primitive_desc d = new deconvolution_backward_weights.primitive_desc(
                    new deconvolution_backward_weights.desc(
                            algorithm.deconvolution_direct,
                            forward.src_desc(),
                            Layouts.any(of.weightShape()),
                            of.biases(),
                            of.large().wish(),
                            s.strides(),
                            s.dilates(),
                            s.before(),
                            s.behind()),
                    OneDnn.cpu(),
                    forward);
            this.weightsLayout = d.diff_weights_desc();
            this.kernel = new Kernel(new deconvolution_backward_weights(d))
                    .takes(DNNL_ARG_SRC, d.src_desc())
                    .takes(DNNL_ARG_DIFF_DST, d.diff_dst_desc())
                    .takes(DNNL_ARG_DIFF_WEIGHTS, weightsLayout)
                    .takes(DNNL_ARG_DIFF_BIAS, d.diff_bias_desc());
            this.gradient = new Conversion(of.large().layout(), d.diff_dst_desc());
            this.weights = new Conversion(weightsLayout, of.weights());
        }

        void run(INDArray source, INDArray g, INDArray dw, INDArray db) {
            INDArray target = weights.before(weightsLayout, dw);
            kernel.with(DNNL_ARG_SRC, source)
                    .with(DNNL_ARG_DIFF_DST, gradient.of(of.large().arranged(g)))
                    .with(DNNL_ARG_DIFF_WEIGHTS, target)
                    .with(DNNL_ARG_DIFF_BIAS, db)
                    .run();
            weights.into(target, dw);
        }
    }

    private static final class ForInput {
        private final Deconvolution of;
        private final Kernel kernel;
        private final Conversion gradient;
        private final Conversion weights;
        private final Conversion input;
        private final memory.desc inputLayout;

        ForInput(Deconvolution of) {
            this.of = of;
            Sliding s = of.sliding();
            deconvolution_backward_data.primitive_desc d = new deconvolution_backward_data.primitive_desc(
                    new deconvolution_backward_data.desc(
                            algorithm.deconvolution_direct,
                            of.small().wish(),
                            Layouts.any(of.weightShape()),
                            of.large().wish(),
                            s.strides(),
                            s.dilates(),
                            s.before(),
                            s.behind()),
                    OneDnn.cpu(),
                    of.description());
            this.inputLayout = d.diff_src_desc();
            this.kernel = new Kernel(new deconvolution_backward_data(d))
                    .takes(DNNL_ARG_DIFF_SRC, inputLayout)
                    .takes(DNNL_ARG_WEIGHTS, d.weights_desc())
                    .takes(DNNL_ARG_DIFF_DST, d.diff_dst_desc());
            this.gradient = new Conversion(of.large().layout(), d.diff_dst_desc());
            this.weights = new Conversion(of.weights(), d.weights_desc());
            this.input = new Conversion(inputLayout, of.small().layout());
        }

        INDArray run(INDArray g, INDArray w) {
            INDArray dx = of.small().room();
            INDArray target = input.before(inputLayout, dx);
            kernel.with(DNNL_ARG_DIFF_DST, gradient.of(of.large().arranged(g)))
                    .with(DNNL_ARG_WEIGHTS, weights.of(w))
                    .with(DNNL_ARG_DIFF_SRC, target)
                    .run();
            return input.into(target, dx);
        }
    }
}
