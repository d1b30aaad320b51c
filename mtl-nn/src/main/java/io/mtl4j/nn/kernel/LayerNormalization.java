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
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Each row of a matrix normalised: {@code y = scale (x - mean) / sqrt(variance + epsilon) + offset}.
 *
 * @param scale one number for each column
 * @param offset one number for each column
 * @param epsilon added to the variance
 */
public record LayerNormalization(INDArray scale, INDArray offset, double epsilon) {

    private static final int FLAGS = dnnl_use_scale | dnnl_use_shift;

    /**
     * {@return whether {@link #forward} and {@link #backward} take rows}
     *
     * @param rows a matrix
     */
    public boolean serves(INDArray rows) {
        return Layouts.areServed(rows, scale, offset);
    }

    /**
     * Normalises rows.
     *
     * @param x {@code [rows, columns]}
     * @param y as {@code x}, receives the result
     * @param mean receives the mean of each row
     * @param variance receives the variance of each row, divided by the number of columns
     */
    public void forward(INDArray x, INDArray y, INDArray mean, INDArray variance) {
        Kernels.get(new Forward(Sizes.of(x, epsilon)), Forward::prepare)
                .with(DNNL_ARG_SRC, x)
                .with(DNNL_ARG_SCALE, scale)
                .with(DNNL_ARG_SHIFT, offset)
                .with(DNNL_ARG_DST, y)
                .with(DNNL_ARG_MEAN, mean)
                .with(DNNL_ARG_VARIANCE, variance)
                .run();
    }

    /**
     * Gradients with respect to the scalar that a result's gradient belongs to.
     *
     * @param x with respect to the rows
     * @param scale with respect to the scale
     * @param offset with respect to the offset
     */
    public record Gradients(INDArray x, INDArray scale, INDArray offset) {}

    /**
     * Propagates a gradient.
     *
     * @param x what {@link #forward} normalised
     * @param mean what it found
     * @param variance what it found
     * @param gradient with respect to its result
     * @param out receives the gradients; all its arrays have elements side by side
     */
    public void backward(INDArray x, INDArray mean, INDArray variance, INDArray gradient, Gradients out) {
        Kernels.get(new Backward(Sizes.of(x, epsilon)), Backward::prepare)
                .with(DNNL_ARG_SRC, x)
                .with(DNNL_ARG_MEAN, mean)
                .with(DNNL_ARG_VARIANCE, variance)
                .with(DNNL_ARG_SCALE, scale)
                .with(DNNL_ARG_SHIFT, offset)
                .with(DNNL_ARG_DIFF_DST, gradient)
                .with(DNNL_ARG_DIFF_SRC, out.x)
                .with(DNNL_ARG_DIFF_SCALE, out.scale)
                .with(DNNL_ARG_DIFF_SHIFT, out.offset)
                .run();
    }

    private record Sizes(long rows, long columns, float epsilon) {

        static Sizes of(INDArray x, double epsilon) {
            return new Sizes(x.size(0), x.size(1), (float) epsilon);
        }

        memory.desc matrix() {
            return Layouts.plain(rows, columns);
        }

        memory.desc column() {
            return Layouts.plain(rows);
        }

        memory.desc row() {
            return Layouts.plain(columns);
        }

        layer_normalization_forward.primitive_desc description() {
            return new layer_normalization_forward.primitive_desc(
                    new layer_normalization_forward.desc(dnnl_forward_training, matrix(), column(), epsilon, FLAGS),
                    OneDnn.cpu());
        }
    }

    private record Forward(Sizes sizes) {

        Kernel prepare() {
            return new Kernel(new layer_normalization_forward(sizes.description()))
                    .takes(DNNL_ARG_SRC, sizes.matrix())
                    .takes(DNNL_ARG_SCALE, sizes.row())
                    .takes(DNNL_ARG_SHIFT, sizes.row())
                    .takes(DNNL_ARG_DST, sizes.matrix())
                    .takes(DNNL_ARG_MEAN, sizes.column())
                    .takes(DNNL_ARG_VARIANCE, sizes.column());
        }
    }

    private record Backward(Sizes sizes) {

        Kernel prepare() {
            var matrix = sizes.matrix();
            var description = new layer_normalization_backward.desc(
                    dnnl_backward, matrix, matrix, sizes.column(), sizes.epsilon, FLAGS);
            return new Kernel(new layer_normalization_backward(new layer_normalization_backward.primitive_desc(
                            description, OneDnn.cpu(), sizes.description())))
                    .takes(DNNL_ARG_SRC, matrix)
                    .takes(DNNL_ARG_MEAN, sizes.column())
                    .takes(DNNL_ARG_VARIANCE, sizes.column())
                    .takes(DNNL_ARG_SCALE, sizes.row())
                    .takes(DNNL_ARG_SHIFT, sizes.row())
                    .takes(DNNL_ARG_DIFF_DST, matrix)
                    .takes(DNNL_ARG_DIFF_SRC, matrix)
                    .takes(DNNL_ARG_DIFF_SCALE, sizes.row())
                    .takes(DNNL_ARG_DIFF_SHIFT, sizes.row());
        }
    }
}
