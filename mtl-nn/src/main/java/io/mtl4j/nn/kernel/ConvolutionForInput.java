package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of the input of a convolution, transposed or not, prepared. */
final class ConvolutionForInput {
    private final ConvolutionEnds ends;
    private final Kernel kernel;
    private final Conversion gradient;
    private final Conversion weights;
    private final Conversion input;
    private final memory.desc inputLayout;

    /** The description is the operation's. */
    ConvolutionForInput(ConvolutionEnds ends, primitive operation, primitive_desc_base d) {
        this.ends = ends;
        this.inputLayout = d.diff_src_desc();
        this.kernel = new Kernel(operation)
                .takes(DNNL_ARG_DIFF_SRC, inputLayout)
                .takes(DNNL_ARG_WEIGHTS, d.weights_desc())
                .takes(DNNL_ARG_DIFF_DST, d.diff_dst_desc());
        this.gradient = new Conversion(ends.out().layout(), d.diff_dst_desc());
        this.weights = new Conversion(ends.weights(), d.weights_desc());
        this.input = new Conversion(inputLayout, ends.in().layout());
    }

    INDArray run(INDArray g, INDArray w) {
        INDArray dx = ends.in().room();
        INDArray target = input.before(inputLayout, dx);
        kernel.with(DNNL_ARG_DIFF_DST, gradient.of(ends.out().arranged(g)))
                .with(DNNL_ARG_WEIGHTS, weights.of(w))
                .with(DNNL_ARG_DIFF_SRC, target)
                .run();
        return input.into(target, dx);
    }
}
