package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The forward direction of a convolution, transposed or not, prepared. */
final class ConvolutionForward {
    private final ConvolutionEnds ends;
    private final Kernel kernel;
    private final Conversion source;
    private final Conversion weights;
    private final Conversion result;
    private final memory.desc resultLayout;

    /** The description is the operation's; its second weights are the bias. */
    ConvolutionForward(ConvolutionEnds ends, primitive operation, primitive_desc_base d) {
        this.ends = ends;
        this.resultLayout = d.dst_desc();
        this.kernel = new Kernel(operation)
                .takes(DNNL_ARG_SRC, d.src_desc())
                .takes(DNNL_ARG_WEIGHTS, d.weights_desc())
                .takes(DNNL_ARG_DST, resultLayout);
        if (ends.bias()) {
            kernel.takes(DNNL_ARG_BIAS, d.weights_desc(1));
        }
        this.source = new Conversion(ends.in().layout(), d.src_desc());
        this.weights = new Conversion(ends.weights(), d.weights_desc());
        this.result = new Conversion(resultLayout, ends.out().layout());
    }

    Convolution.Result run(INDArray x, INDArray w, INDArray b) {
        INDArray input = source.of(ends.in().arranged(x));
        INDArray output = ends.out().room();
        INDArray target = result.before(resultLayout, output);
        kernel.with(DNNL_ARG_SRC, input).with(DNNL_ARG_WEIGHTS, weights.of(w)).with(DNNL_ARG_DST, target);
        if (ends.bias()) {
            kernel.with(DNNL_ARG_BIAS, b);
        }
        kernel.run();
        return new Convolution.Result(input, result.into(target, output));
    }
}
