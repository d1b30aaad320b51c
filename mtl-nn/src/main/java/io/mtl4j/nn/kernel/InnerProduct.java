package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code y = x W + b} for rows x, with {@code W [inputs, units]}, followed by {@code max(0, y)} or nothing: one operation a
 * direction, where a product, a sum and a function would be three. Arrays may have more dimensions, as long as their
 * elements lie in the order of the rows.
 *
 * @param rows number of rows
 * @param inputs elements of a row of x
 * @param units elements of a row of y
 * @param relu whether {@code max(0, y)} follows
 */
public record InnerProduct(long rows, long inputs, long units, boolean relu) {

    private record Forward(InnerProduct of) {}

    private record ForWeights(InnerProduct of) {}

    private record ForInput(InnerProduct of) {}

    /**
     * {@return whether {@link #forward} takes these arrays without a copy}
     *
     * @param x the rows
     * @param w the weights
     * @param b the bias
     * @param y receives the result
     */
    public static boolean serves(INDArray x, INDArray w, INDArray b, INDArray y) {
        return Layouts.areServed(x, w, b, y);
    }

    /**
     * Computes y.
     *
     * @param x {@code [rows, inputs]}
     * @param w {@code [inputs, units]}
     * @param b {@code [units]}
     * @param y {@code [rows, units]}, C order; receives the result
     */
    public void forward(INDArray x, INDArray w, INDArray b, INDArray y) {
        Kernels.get(new Forward(this), key -> key.of.prepareForward())
                .with(DNNL_ARG_SRC, Layouts.dense(x))
                .with(DNNL_ARG_WEIGHTS, w)
                .with(DNNL_ARG_BIAS, b)
                .with(DNNL_ARG_DST, y)
                .run();
    }

    /**
     * Assigns the gradients of weights and bias.
     *
     * @param x {@code [rows, inputs]}
     * @param gradient with respect to {@code x W + b}
     * @param dw receives the gradient of the weights
     * @param db receives the gradient of the bias
     */
    public void weightGradient(INDArray x, INDArray gradient, INDArray dw, INDArray db) {
        Kernels.get(new ForWeights(this), key -> key.of.prepareForWeights())
                .with(DNNL_ARG_SRC, Layouts.dense(x))
                .with(DNNL_ARG_DIFF_DST, Layouts.dense(gradient))
                .with(DNNL_ARG_DIFF_WEIGHTS, dw)
                .with(DNNL_ARG_DIFF_BIAS, db)
                .run();
    }

    /**
     * Computes the gradient of x.
     *
     * @param gradient with respect to {@code x W + b}
     * @param w the weights
     * @param dx {@code [rows, inputs]}, C order; receives the gradient
     */
    public void inputGradient(INDArray gradient, INDArray w, INDArray dx) {
        Kernels.get(new ForInput(this), key -> key.of.prepareForInput())
                .with(DNNL_ARG_DIFF_DST, Layouts.dense(gradient))
                .with(DNNL_ARG_WEIGHTS, w)
                .with(DNNL_ARG_DIFF_SRC, dx)
                .run();
    }

    private memory.desc input() {
        return Layouts.plain(rows, inputs);
    }

    /** For oneDNN, weights are {@code [units, inputs]}: ours, read the other way round. */
    private memory.desc weights() {
        return Layouts.strided(new long[] {units, inputs}, new long[] {1, units});
    }

    private memory.desc bias() {
        return Layouts.plain(units);
    }

    private memory.desc output() {
        return Layouts.plain(rows, units);
    }

    private inner_product_forward.primitive_desc description() {
        var wanted = new inner_product_forward.desc(prop_kind.forward_training, input(), weights(), bias(), output());
        return new inner_product_forward.primitive_desc(wanted, Fused.relu(relu), OneDnn.cpu());
    }

    private Kernel prepareForward() {
        return new Kernel(new inner_product_forward(description()))
                .takes(DNNL_ARG_SRC, input())
                .takes(DNNL_ARG_WEIGHTS, weights())
                .takes(DNNL_ARG_BIAS, bias())
                .takes(DNNL_ARG_DST, output());
    }

    private Kernel prepareForWeights() {
        var wanted = new inner_product_backward_weights.desc(input(), weights(), bias(), output());
        var d = new inner_product_backward_weights.primitive_desc(wanted, OneDnn.cpu(), description());
        return new Kernel(new inner_product_backward_weights(d))
                .takes(DNNL_ARG_SRC, input())
                .takes(DNNL_ARG_DIFF_DST, output())
                .takes(DNNL_ARG_DIFF_WEIGHTS, weights())
                .takes(DNNL_ARG_DIFF_BIAS, bias());
    }

    private Kernel prepareForInput() {
        var wanted = new inner_product_backward_data.desc(input(), weights(), output());
        var d = new inner_product_backward_data.primitive_desc(wanted, OneDnn.cpu(), description());
        return new Kernel(new inner_product_backward_data(d))
                .takes(DNNL_ARG_DIFF_DST, output())
                .takes(DNNL_ARG_WEIGHTS, weights())
                .takes(DNNL_ARG_DIFF_SRC, input());
    }
}
