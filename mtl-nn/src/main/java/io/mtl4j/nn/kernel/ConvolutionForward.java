package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The forward direction, prepared. */
final class ConvolutionForward {
    private final Convolution of;
    private final Kernel kernel;
    private final Conversion source;
    private final Conversion weights;
    private final Conversion result;
    private final memory.desc resultLayout;

    ConvolutionForward(Convolution of) {
        this.of = of;
        convolution_forward.primitive_desc d = of.description();
        this.kernel = new Kernel(new convolution_forward(d))
                .takes(DNNL_ARG_SRC, d.src_desc())
                .takes(DNNL_ARG_WEIGHTS, d.weights_desc())
                .takes(DNNL_ARG_DST, d.dst_desc());
        if (of.bias()) {
            kernel.takes(DNNL_ARG_BIAS, d.bias_desc());
        }
        this.source = new Conversion(of.sliding().in().layout(), d.src_desc());
        this.weights = new Conversion(of.weights(), d.weights_desc());
        this.resultLayout = d.dst_desc();
        this.result = new Conversion(resultLayout, of.sliding().out().layout());
    }

    Convolution.Result run(INDArray x, INDArray w, INDArray b) {
        INDArray input = source.of(of.sliding().in().arranged(x));
        INDArray output = of.sliding().out().room();
        INDArray target = result.before(resultLayout, output);
        kernel.with(DNNL_ARG_SRC, input).with(DNNL_ARG_WEIGHTS, weights.of(w)).with(DNNL_ARG_DST, target);
        if (of.bias()) {
            kernel.with(DNNL_ARG_BIAS, b);
        }
        kernel.run();
        return new Convolution.Result(input, result.into(target, output));
    }
}
