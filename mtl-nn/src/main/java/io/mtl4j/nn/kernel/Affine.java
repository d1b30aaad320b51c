package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.matmul;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The affine map {@code y = x W + b} of each row of a matrix, in one operation. */
public final class Affine {

    private Affine() {}

    /**
     * {@return whether {@link #into} takes these arrays}
     *
     * @param x the rows
     * @param weight W
     * @param bias b
     * @param y receives the result
     */
    public static boolean serves(INDArray x, INDArray weight, INDArray bias, INDArray y) {
        return Layouts.areServed(x, weight, bias, y);
    }

    /**
     * Computes {@code y = x W + b}.
     *
     * @param x {@code [rows, inputs]}
     * @param weight {@code [inputs, outputs]}
     * @param bias as many elements as {@code outputs}
     * @param y {@code [rows, outputs]}, receives the result
     */
    public static void into(INDArray x, INDArray weight, INDArray bias, INDArray y) {
        Kernels.get(new Sizes(x.size(0), x.size(1), weight.size(1)), Sizes::prepare)
                .with(DNNL_ARG_SRC, x)
                .with(DNNL_ARG_WEIGHTS, weight)
                .with(DNNL_ARG_BIAS, bias)
                .with(DNNL_ARG_DST, y)
                .run();
    }

    private record Sizes(long rows, long inputs, long outputs) {

        Kernel prepare() {
            var x = Layouts.plain(rows, inputs);
            var weight = Layouts.plain(inputs, outputs);
            var bias = Layouts.plain(1, outputs);
            var y = Layouts.plain(rows, outputs);
            var description = new matmul.desc(x, weight, bias, y);
            return new Kernel(new matmul(new matmul.primitive_desc(description, OneDnn.cpu())))
                    .takes(DNNL_ARG_SRC, x)
                    .takes(DNNL_ARG_WEIGHTS, weight)
                    .takes(DNNL_ARG_BIAS, bias)
                    .takes(DNNL_ARG_DST, y);
        }
    }
}
