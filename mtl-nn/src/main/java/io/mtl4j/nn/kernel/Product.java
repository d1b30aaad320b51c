package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;

import java.util.Arrays;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products of matrices. */
public final class Product {

    private static final int SUCCESS = 0;
    private static final ThreadLocal<Address[]> ADDRESSES =
            ThreadLocal.withInitial(() -> new Address[] {new Address(), new Address(), new Address()});

    private Product() {}

    /**
     * {@return whether {@link #into} takes these arrays}
     *
     * @param a left factor
     * @param b right factor
     * @param out receives the product
     */
    public static boolean serves(INDArray a, INDArray b, INDArray out) {
        return OneDnn.serves(a)
                && OneDnn.serves(b)
                && OneDnn.serves(out)
                && a.rank() == out.rank()
                && b.rank() == out.rank()
                && (out.rank() > 2 || rows(a) && rows(b) && rows(out));
    }

    /** Whether a matrix consists of rows of adjacent elements, or is the transpose of such a one. */
    private static boolean rows(INDArray matrix) {
        long down = matrix.stride(0);
        long across = matrix.stride(1);
        return matrix.rank() == 2
                && (across == 1 && down >= matrix.size(1) || down == 1 && across >= matrix.size(0) || vector(matrix));
    }

    private static boolean vector(INDArray matrix) {
        return matrix.length() == 1;
    }

    /**
     * Computes {@code out = op(a) op(b)}.
     *
     * @param a a matrix, or a stack of matrices in the last two dimensions
     * @param transposeA whether {@code op(a) = aᵀ}
     * @param b as {@code a}
     * @param transposeB whether {@code op(b) = bᵀ}
     * @param out receives the product
     */
    public static void into(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray out) {
        into(1, a, transposeA, b, transposeB, out);
    }

    /**
     * Computes {@code out = scale op(a) op(b)}.
     *
     * @param scale a number
     * @param a a matrix, or a stack of matrices in the last two dimensions
     * @param transposeA whether {@code op(a) = aᵀ}
     * @param b as {@code a}
     * @param transposeB whether {@code op(b) = bᵀ}
     * @param out receives the product
     */
    public static void into(
            double scale, INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray out) {
        if (out.rank() > 2) {
            stacked((float) scale, a, transposeA, b, transposeB, out);
        } else if (byColumns(out)) {
            // Column by column, the product is the transposed product row by row.
            gemm((float) scale, b.transpose(), transposeB, a.transpose(), transposeA, out.transpose());
        } else {
            gemm((float) scale, a, transposeA, b, transposeB, out);
        }
    }

    private static void gemm(
            float scale, INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray out) {
        long inner = a.size(transposeA ? 0 : 1);
        Address[] at = ADDRESSES.get();
        int status = dnnl_sgemm(
                letter(transposeA ^ byColumns(a)),
                letter(transposeB ^ byColumns(b)),
                out.size(0),
                out.size(1),
                inner,
                scale,
                at[0].of(a),
                distance(a),
                at[1].of(b),
                distance(b),
                0,
                at[2].of(out),
                distance(out));
        if (status != SUCCESS) {
            throw new IllegalStateException("oneDNN refused the product of " + Arrays.toString(a.shape()) + " and "
                    + Arrays.toString(b.shape()) + " into " + Arrays.toString(out.shape()) + " with status " + status);
        }
    }

    private static byte letter(boolean transpose) {
        return (byte) (transpose ? 'T' : 'N');
    }

    private static boolean byColumns(INDArray matrix) {
        return matrix.stride(1) != 1 && matrix.size(1) != 1;
    }

    /** Distance of the rows, or of the columns where those are adjacent elements. */
    private static long distance(INDArray matrix) {
        boolean byColumns = byColumns(matrix);
        long inside = matrix.size(byColumns ? 0 : 1);
        return Math.max(inside, matrix.stride(byColumns ? 1 : 0));
    }

    private record Stack(
            float scale,
            long[] a,
            long[] aStrides,
            long[] b,
            long[] bStrides,
            long[] out,
            long[] outStrides,
            int hash) {

        static Stack of(float scale, INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray out) {
            long[][] parts = {
                swapped(a.shape(), transposeA), swapped(a.stride(), transposeA),
                swapped(b.shape(), transposeB), swapped(b.stride(), transposeB),
                out.shape(), out.stride()
            };
            int hash = 31 * Arrays.deepHashCode(parts) + Float.hashCode(scale);
            return new Stack(scale, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], hash);
        }

        private static long[] swapped(long[] sizes, boolean swap) {
            long[] copy = sizes.clone();
            if (swap) {
                copy[copy.length - 1] = sizes[sizes.length - 2];
                copy[copy.length - 2] = sizes[sizes.length - 1];
            }
            return copy;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Stack that
                    && scale == that.scale
                    && Arrays.equals(a, that.a)
                    && Arrays.equals(aStrides, that.aStrides)
                    && Arrays.equals(b, that.b)
                    && Arrays.equals(bStrides, that.bStrides)
                    && Arrays.equals(out, that.out)
                    && Arrays.equals(outStrides, that.outStrides);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        Kernel prepare() {
            var left = Layouts.strided(a, aStrides);
            var right = Layouts.strided(b, bStrides);
            var result = Layouts.strided(out, outStrides);
            var description = new matmul.desc(left, right, result);
            return new Kernel(new matmul(new matmul.primitive_desc(description, scaling(), OneDnn.cpu())))
                    .takes(DNNL_ARG_SRC, left)
                    .takes(DNNL_ARG_WEIGHTS, right)
                    .takes(DNNL_ARG_DST, result);
        }

        private primitive_attr scaling() {
            primitive_attr attributes = new primitive_attr();
            if (scale != 1) {
                attributes.set_output_scales(0, new float[] {scale});
            }
            return attributes;
        }
    }

    private static void stacked(
            float scale, INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray out) {
        Kernels.get(Stack.of(scale, a, transposeA, b, transposeB, out), Stack::prepare)
                .with(DNNL_ARG_SRC, a)
                .with(DNNL_ARG_WEIGHTS, b)
                .with(DNNL_ARG_DST, out)
                .run();
    }
}
