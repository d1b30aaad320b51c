package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of the input, prepared. */
final class ConvolutionForInput {
    private final Convolution of;
    private final Kernel kernel;
    private final Conversion gradient;
    private final Conversion weights;
    private final Conversion input;
    private final memory.desc inputLayout;

    ConvolutionForInput(Convolution of) {
        this.of = of;
        Sliding s = of.sliding();
        convolution_backward_data.primitive_desc d = description(of);
        this.inputLayout = d.diff_src_desc();
        this.kernel = new Kernel(new convolution_backward_data(d))
                .takes(DNNL_ARG_DIFF_SRC, inputLayout)
                .takes(DNNL_ARG_WEIGHTS, d.weights_desc())
                .takes(DNNL_ARG_DIFF_DST, d.diff_dst_desc());
        this.gradient = new Conversion(s.out().layout(), d.diff_dst_desc());
        this.weights = new Conversion(of.weights(), d.weights_desc());
        this.input = new Conversion(inputLayout, s.in().layout());
    }

    static convolution_backward_data.primitive_desc description(Convolution of) {
        Sliding s = of.sliding();
        return of.firstThatWorks((method, mayFail) -> new convolution_backward_data.primitive_desc(
                new convolution_backward_data.desc(
                        method,
                        s.wishIn(),
                        of.weights(Layouts::any),
                        s.wishOut(),
                        s.strides(),
                        s.dilates(),
                        s.before(),
                        s.behind()),
                OneDnn.cpu(),
                of.description(),
                mayFail));
    }

    INDArray run(INDArray g, INDArray w) {
        INDArray dx = of.sliding().in().room();
        INDArray target = input.before(inputLayout, dx);
        kernel.with(DNNL_ARG_DIFF_DST, gradient.of(of.sliding().out().arranged(g)))
                .with(DNNL_ARG_WEIGHTS, weights.of(w))
                .with(DNNL_ARG_DIFF_SRC, target)
                .run();
        return input.into(target, dx);
    }
}
