package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of weights and bias of a convolution, transposed or not, prepared. */
final class ConvolutionForWeights {
    private final ConvolutionEnds ends;
    private final Kernel kernel;
    private final Conversion gradient;
    private final Conversion weights;
    private final memory.desc weightsLayout;

    /** The description is the operation's; its second weights are the bias. */
    ConvolutionForWeights(ConvolutionEnds ends, primitive operation, primitive_desc_base d) {
        this.ends = ends;
        this.weightsLayout = d.diff_weights_desc();
        this.kernel = new Kernel(operation)
                .takes(DNNL_ARG_SRC, d.src_desc())
                .takes(DNNL_ARG_DIFF_DST, d.diff_dst_desc())
                .takes(DNNL_ARG_DIFF_WEIGHTS, weightsLayout);
        if (ends.bias()) {
            kernel.takes(DNNL_ARG_DIFF_BIAS, d.diff_weights_desc(1));
        }
        this.gradient = new Conversion(ends.out().layout(), d.diff_dst_desc());
        this.weights = new Conversion(weightsLayout, ends.weights());
    }

    void run(INDArray source, INDArray g, INDArray dw, INDArray db) {
        INDArray target = weights.before(weightsLayout, dw);
        kernel.with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DIFF_DST, gradient.of(ends.out().arranged(g)))
                .with(DNNL_ARG_DIFF_WEIGHTS, target);
        if (ends.bias()) {
            kernel.with(DNNL_ARG_DIFF_BIAS, db);
        }
        kernel.run();
        weights.into(target, dw);
    }
}
