package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The softmax over the last dimension of an array, {@code p = exp(s) / Σ exp(s)}, computed in place. */
public final class Softmax {

    private Softmax() {}

    /**
     * {@return whether {@link #forward} and {@link #backward} take these arrays}
     *
     * @param arrays the arrays
     */
    public static boolean serves(INDArray... arrays) {
        return Layouts.areServed(arrays);
    }

    /**
     * Replaces scores by their softmax.
     *
     * @param scores the scores s; they become p
     */
    public static void forward(INDArray scores) {
        Kernels.get(new Forward(Rows.of(scores)), Forward::prepare)
                .with(DNNL_ARG_SRC, scores)
                .with(DNNL_ARG_DST, scores)
                .run();
    }

    /**
     * Replaces the gradient dp with respect to p by that with respect to the scores, {@code ds = p (dp - Σ p dp)}.
     *
     * @param p what {@link #forward} computed
     * @param gradient dp; it becomes ds
     */
    public static void backward(INDArray p, INDArray gradient) {
        Kernels.get(new Backward(Rows.of(p)), Backward::prepare)
                .with(DNNL_ARG_DST, p)
                .with(DNNL_ARG_DIFF_DST, gradient)
                .with(DNNL_ARG_DIFF_SRC, gradient)
                .run();
    }

    private record Rows(long count, long length) {

        static Rows of(INDArray array) {
            long length = array.size(array.rank() - 1);
            return new Rows(array.length() / length, length);
        }

        memory.desc layout() {
            return Layouts.plain(count, length);
        }

        softmax_forward.primitive_desc description() {
            return new softmax_forward.primitive_desc(
                    new softmax_forward.desc(dnnl_forward_training, layout(), 1), OneDnn.cpu());
        }
    }

    private record Forward(Rows rows) {

        Kernel prepare() {
            return new Kernel(new softmax_forward(rows.description()))
                    .takes(DNNL_ARG_SRC, rows.layout())
                    .takes(DNNL_ARG_DST, rows.layout());
        }
    }

    private record Backward(Rows rows) {

        Kernel prepare() {
            var layout = rows.layout();
            return new Kernel(new softmax_backward(new softmax_backward.primitive_desc(
                            new softmax_backward.desc(layout, layout, 1), OneDnn.cpu(), rows.description())))
                    .takes(DNNL_ARG_DST, layout)
                    .takes(DNNL_ARG_DIFF_DST, layout)
                    .takes(DNNL_ARG_DIFF_SRC, layout);
        }
    }
}
