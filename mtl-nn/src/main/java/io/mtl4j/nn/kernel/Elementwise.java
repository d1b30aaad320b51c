package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Functions of single elements whose derivative is known from their result; for arrays of any shape without gaps. */
public enum Elementwise {
    /** {@code max(0, x)}; its derivative at 0 is taken as 0. */
    RELU(algorithm.eltwise_relu_use_dst_for_bwd),
    /** {@code x} for positive x, {@code 0.2 x} otherwise; its derivative at 0 is taken as 0.2. */
    LEAKY_RELU_02(algorithm.eltwise_relu_use_dst_for_bwd, 0.2f),
    /** The hyperbolic tangent. */
    TANH(algorithm.eltwise_tanh_use_dst_for_bwd),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID(algorithm.eltwise_logistic_use_dst_for_bwd);

    private final algorithm kind;
    private final float alpha;

    Elementwise(algorithm kind) {
        this(kind, 0);
    }

    Elementwise(algorithm kind, float alpha) {
        this.kind = kind;
        this.alpha = alpha;
    }

    private record Forward(Elementwise function, long length) {
        Kernel prepare() {
            memory.desc flat = Layouts.plain(length);
            return new Kernel(new eltwise_forward(function.description(flat)))
                    .takes(DNNL_ARG_SRC, flat)
                    .takes(DNNL_ARG_DST, flat);
        }
    }

    private record Backward(Elementwise function, long length) {
        Kernel prepare() {
            memory.desc flat = Layouts.plain(length);
            var wanted = new eltwise_backward.desc(function.kind, flat, flat, function.alpha, 0);
            var d = new eltwise_backward.primitive_desc(wanted, OneDnn.cpu(), function.description(flat));
            return new Kernel(new eltwise_backward(d))
                    .takes(DNNL_ARG_DST, flat)
                    .takes(DNNL_ARG_DIFF_DST, flat)
                    .takes(DNNL_ARG_DIFF_SRC, flat);
        }
    }

    private eltwise_forward.primitive_desc description(memory.desc flat) {
        // These kinds take the same values; they keep the result for the way back instead of the argument.
        var wanted = new eltwise_forward.desc(prop_kind.forward_training, kind, flat, alpha, 0);
        return new eltwise_forward.primitive_desc(wanted, OneDnn.cpu());
    }

    /**
     * {@return whether these functions take an array}
     *
     * @param x the array
     */
    public static boolean serves(INDArray x) {
        return Layouts.areServed(x);
    }

    /**
     * Replaces each element by the function of it.
     *
     * @param x elements side by side
     */
    public void apply(INDArray x) {
        Kernels.get(new Forward(this, x.length()), Forward::prepare)
                .with(DNNL_ARG_SRC, x)
                .with(DNNL_ARG_DST, x)
                .run();
    }

    /**
     * Multiplies a gradient by the derivative.
     *
     * @param y the function's results, side by side
     * @param gradient with respect to them
     * @param dx receives the gradient with respect to the function's arguments; may be {@code gradient}
     */
    public void gradient(INDArray y, INDArray gradient, INDArray dx) {
        Kernels.get(new Backward(this, y.length()), Backward::prepare)
                .with(DNNL_ARG_DST, y)
                .with(DNNL_ARG_DIFF_DST, gradient)
                .with(DNNL_ARG_DIFF_SRC, dx)
                .run();
    }
}
