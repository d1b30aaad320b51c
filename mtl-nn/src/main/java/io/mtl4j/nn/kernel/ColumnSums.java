package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Arrays;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sums of a matrix's columns, as the product of a row of ones with it: much faster than a reduction. */
public final class ColumnSums {

    private ColumnSums() {}

    /**
     * {@return whether {@link #into} takes these arrays}
     *
     * @param matrix the matrix
     * @param sums receives the sums
     */
    public static boolean serves(INDArray matrix, INDArray sums) {
        return Layouts.areServed(matrix, sums);
    }

    /**
     * Sums each column.
     *
     * @param matrix {@code [rows, columns]}
     * @param sums as many elements as {@code columns}
     */
    public static void into(INDArray matrix, INDArray sums) {
        Kernels.get(new Sizes(matrix.size(0), matrix.size(1)), Sizes::prepare)
                .with(DNNL_ARG_WEIGHTS, matrix)
                .with(DNNL_ARG_DST, sums)
                .run();
    }

    private record Sizes(long rows, long columns) {

        Kernel prepare() {
            var left = Layouts.plain(1, rows);
            var right = Layouts.plain(rows, columns);
            var result = Layouts.plain(1, columns);
            var description = new matmul.desc(left, right, result);
            float[] ones = new float[(int) rows];
            Arrays.fill(ones, 1);
            return new Kernel(new matmul(new matmul.primitive_desc(description, OneDnn.cpu())))
                    .constant(DNNL_ARG_SRC, left, new FloatPointer(ones))
                    .takes(DNNL_ARG_WEIGHTS, right)
                    .takes(DNNL_ARG_DST, result);
        }
    }
}
