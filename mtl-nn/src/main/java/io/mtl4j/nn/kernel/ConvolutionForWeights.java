package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of weights and bias, prepared. */
final class ConvolutionForWeights {
    private final Convolution of;
    private final Kernel kernel;
    private final Conversion gradient;
    private final Conversion weights;
    private final memory.desc weightsLayout;

    ConvolutionForWeights(Convolution of) {
        this.of = of;
        convolution_backward_weights.primitive_desc d = description(of);
        this.weightsLayout = d.diff_weights_desc();
        this.kernel = new Kernel(new convolution_backward_weights(d))
                .takes(DNNL_ARG_SRC, d.src_desc())
                .takes(DNNL_ARG_DIFF_DST, d.diff_dst_desc())
                .takes(DNNL_ARG_DIFF_WEIGHTS, weightsLayout);
        if (of.bias()) {
            kernel.takes(DNNL_ARG_DIFF_BIAS, d.diff_bias_desc());
        }
        this.gradient = new Conversion(of.sliding().out().layout(), d.diff_dst_desc());
        this.weights = new Conversion(weightsLayout, of.weights());
    }

    static convolution_backward_weights.primitive_desc description(Convolution of) {
        convolution_forward.primitive_desc forward = of.description();
        Sliding s = of.sliding();
        return of.firstThatWorks((method, mayFail) -> new convolution_backward_weights.primitive_desc(
                new convolution_backward_weights.desc(
                        method,
                        forward.src_desc(),
                        of.weights(Layouts::any),
                        of.biases(),
                        s.wishOut(),
                        s.strides(),
                        s.dilates(),
                        s.before(),
                        s.behind()),
                OneDnn.cpu(),
                forward,
                mayFail));
    }

    void run(INDArray source, INDArray g, INDArray dw, INDArray db) {
        INDArray target = weights.before(weightsLayout, dw);
        kernel.with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DIFF_DST, gradient.of(of.sliding().out().arranged(g)))
                .with(DNNL_ARG_DIFF_WEIGHTS, target);
        if (of.bias()) {
            kernel.with(DNNL_ARG_DIFF_BIAS, db);
        }
        kernel.run();
        weights.into(target, dw);
    }
}
