package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of pictures of either {@link ImageLayout form}: {@code y = scale (x - mean) / sqrt(variance +
 * epsilon) + offset} by channel, with the biased variance, followed by {@code max(0, y)} or nothing.
 *
 * @param picture the shape of the pictures
 * @param epsilon added to the variance
 * @param given whether mean and variance are given, and constants; otherwise they are the batch's
 * @param relu whether {@code max(0, y)} follows
 */
public record BatchNormalization(Picture picture, float epsilon, boolean given, boolean relu) {

    /**
     * Arrays by channel.
     *
     * @param mean the means
     * @param variance the biased variances
     */
    public record Statistics(INDArray mean, INDArray variance) {}

    /**
     * What backward needs.
     *
     * @param x the input
     * @param statistics mean and variance used
     * @param positive which results ReLU let pass; null without
     */
    public record Kept(INDArray x, Statistics statistics, INDArray positive) {}

    /**
     * What came out.
     *
     * @param output pictures
     * @param kept what {@link #backward} needs
     */
    public record Result(INDArray output, Kept kept) {}

    private record Forward(BatchNormalization of) {}

    private record Backward(BatchNormalization of) {}

    /** An operation and the layout of what ReLU let pass. */
    private record Prepared(Kernel kernel, memory.desc positive) {}

    /**
     * {@return output and what backward needs}
     *
     * @param x pictures
     * @param scale by channel
     * @param offset by channel
     * @param statistics given, or receive the batch's
     */
    public Result forward(INDArray x, INDArray scale, INDArray offset, Statistics statistics) {
        Prepared prepared = Kernels.get(new Forward(this), key -> key.of.prepareForward());
        INDArray source = picture.arranged(x);
        INDArray output = picture.room();
        INDArray positive = relu ? Layouts.room(prepared.positive) : null;
        prepared.kernel
                .with(DNNL_ARG_SRC, source)
                .with(DNNL_ARG_DST, output)
                .with(DNNL_ARG_MEAN, statistics.mean)
                .with(DNNL_ARG_VARIANCE, statistics.variance)
                .with(DNNL_ARG_SCALE, scale)
                .with(DNNL_ARG_SHIFT, offset);
        if (relu) {
            prepared.kernel.with(DNNL_ARG_WORKSPACE, positive);
        }
        prepared.kernel.run();
        return new Result(output, new Kept(source, statistics, positive));
    }

    /**
     * {@return the gradient of the input}
     *
     * @param kept what forward gave
     * @param gradient with respect to the output; pictures
     * @param scale by channel
     * @param scaleGradient receives the gradient of the scale
     * @param offsetGradient receives the gradient of the offset
     */
    public INDArray backward(
            Kept kept, INDArray gradient, INDArray scale, INDArray scaleGradient, INDArray offsetGradient) {
        Kernel kernel = Kernels.get(new Backward(this), key -> key.of.prepareBackward());
        INDArray dx = picture.room();
        kernel.with(DNNL_ARG_SRC, kept.x)
                .with(DNNL_ARG_MEAN, kept.statistics.mean)
                .with(DNNL_ARG_VARIANCE, kept.statistics.variance)
                .with(DNNL_ARG_SCALE, scale)
                // Not read, but asked for.
                .with(DNNL_ARG_SHIFT, scale)
                .with(DNNL_ARG_DIFF_DST, picture.arranged(gradient))
                .with(DNNL_ARG_DIFF_SRC, dx)
                .with(DNNL_ARG_DIFF_SCALE, scaleGradient)
                .with(DNNL_ARG_DIFF_SHIFT, offsetGradient);
        if (relu) {
            kernel.with(DNNL_ARG_WORKSPACE, kept.positive);
        }
        kernel.run();
        return dx;
    }

    private int flags() {
        return normalization_flags.use_scale.value
                | normalization_flags.use_shift.value
                | (given ? normalization_flags.use_global_stats.value : 0)
                | (relu ? normalization_flags.fuse_norm_relu.value : 0);
    }

    private batch_normalization_forward.primitive_desc description() {
        var wanted = new batch_normalization_forward.desc(
                prop_kind.forward_training.value, picture.layout(), epsilon, flags());
        return new batch_normalization_forward.primitive_desc(wanted, OneDnn.cpu());
    }

    private Prepared prepareForward() {
        var d = description();
        Kernel kernel = new Kernel(new batch_normalization_forward(d))
                .takes(DNNL_ARG_SRC, d.src_desc())
                .takes(DNNL_ARG_DST, d.dst_desc());
        return new Prepared(statistics(kernel, d), d.workspace_desc());
    }

    private Kernel prepareBackward() {
        var forward = description();
        var wanted = new batch_normalization_backward.desc(
                prop_kind.backward.value, picture.layout(), picture.layout(), epsilon, flags());
        var d = new batch_normalization_backward.primitive_desc(wanted, OneDnn.cpu(), forward);
        Kernel kernel = new Kernel(new batch_normalization_backward(d))
                .takes(DNNL_ARG_SRC, d.src_desc())
                .takes(DNNL_ARG_DIFF_DST, d.diff_dst_desc())
                .takes(DNNL_ARG_DIFF_SRC, d.diff_src_desc())
                .takes(DNNL_ARG_DIFF_SCALE, channels())
                .takes(DNNL_ARG_DIFF_SHIFT, channels());
        return statistics(kernel, forward);
    }

    /** The arguments that both directions take. */
    private Kernel statistics(Kernel kernel, batch_normalization_forward.primitive_desc forward) {
        kernel.takes(DNNL_ARG_MEAN, channels())
                .takes(DNNL_ARG_VARIANCE, channels())
                .takes(DNNL_ARG_SCALE, channels())
                .takes(DNNL_ARG_SHIFT, channels());
        return relu ? kernel.takes(DNNL_ARG_WORKSPACE, forward.workspace_desc()) : kernel;
    }

    private memory.desc channels() {
        return Layouts.plain(picture.channels());
    }
}
