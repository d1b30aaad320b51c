package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The greatest value or the mean of each window of each channel, for pictures of either {@link ImageLayout form}. Zeros
 * beyond the edges do not count.
 *
 * @param sliding the window; as many channels come out as go in
 * @param greatest whether the greatest value or the mean
 */
public record Pooling(Sliding sliding, boolean greatest) {

    /**
     * What came out.
     *
     * @param output pictures
     * @param chosen which values were the greatest, for {@link #backward}; null for means
     */
    public record Result(INDArray output, INDArray chosen) {}

    private record Forward(Pooling of) {}

    private record Backward(Pooling of) {}

    /** An operation and the layout of its choices; null for means. */
    private record Prepared(Kernel kernel, memory.desc choices) {}

    /**
     * {@return output and choices}
     *
     * @param x pictures
     */
    public Result forward(INDArray x) {
        Prepared prepared = Kernels.get(new Forward(this), key -> key.of.prepareForward());
        Kernel kernel = prepared.kernel;
        INDArray output = sliding.out().room();
        INDArray chosen = greatest ? Layouts.room(prepared.choices) : null;
        kernel.with(DNNL_ARG_SRC, sliding.in().arranged(x)).with(DNNL_ARG_DST, output);
        if (greatest) {
            kernel.with(DNNL_ARG_WORKSPACE, chosen);
        }
        kernel.run();
        return new Result(output, chosen);
    }

    /**
     * {@return the gradient of the input}
     *
     * @param gradient pictures
     * @param chosen what {@link #forward} gave
     */
    public INDArray backward(INDArray gradient, INDArray chosen) {
        Kernel kernel = Kernels.get(new Backward(this), key -> key.of.prepareBackward());
        INDArray dx = sliding.in().room();
        kernel.with(DNNL_ARG_DIFF_DST, sliding.out().arranged(gradient)).with(DNNL_ARG_DIFF_SRC, dx);
        if (greatest) {
            kernel.with(DNNL_ARG_WORKSPACE, chosen);
        }
        kernel.run();
        return dx;
    }

    private algorithm kind() {
        return greatest ? algorithm.pooling_max : algorithm.pooling_avg_exclude_padding;
    }

    private pooling_forward.primitive_desc description() {
        pooling_forward.desc wanted = new pooling_forward.desc(
                prop_kind.forward_training,
                kind(),
                sliding.in().layout(),
                sliding.out().layout(),
                sliding.strides(),
                sliding.window(),
                sliding.before(),
                sliding.behind());
        return new pooling_forward.primitive_desc(wanted, OneDnn.cpu());
    }

    private Prepared prepareForward() {
        pooling_forward.primitive_desc d = description();
        Kernel kernel = new Kernel(new pooling_forward(d))
                .takes(DNNL_ARG_SRC, d.src_desc())
                .takes(DNNL_ARG_DST, d.dst_desc());
        return greatest
                ? new Prepared(kernel.takes(DNNL_ARG_WORKSPACE, d.workspace_desc()), d.workspace_desc())
                : new Prepared(kernel, null);
    }

    private Kernel prepareBackward() {
        pooling_backward.desc wanted = new pooling_backward.desc(
                kind(),
                sliding.in().layout(),
                sliding.out().layout(),
                sliding.strides(),
                sliding.window(),
                sliding.before(),
                sliding.behind());
        pooling_forward.primitive_desc forward = description();
        var d = new pooling_backward.primitive_desc(wanted, OneDnn.cpu(), forward);
        Kernel kernel = new Kernel(new pooling_backward(d))
                .takes(DNNL_ARG_DIFF_DST, d.diff_dst_desc())
                .takes(DNNL_ARG_DIFF_SRC, d.diff_src_desc());
        return greatest ? kernel.takes(DNNL_ARG_WORKSPACE, forward.workspace_desc()) : kernel;
    }
}
