package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The products {@code A Bᵀ} of the rows of two wide single-precision matrices, made of pieces of some thousand columns:
 * within a piece in single precision, the sum of the pieces in double. So the error stays that of the elements, however
 * wide the matrices are, and nothing is copied.
 */
public final class RowProducts {

    private static final long PIECE = 4096;

    private static final double SMALLEST_SQUARE = 1e-20;
    private static final double LARGEST_SQUARE = 1e30;

    private RowProducts() {}

    /** One operation for all pieces of a length. */
    private record Pieces(long count, long length, long rowsA, long strideA, long rowsB, long strideB) {
        Kernel prepare() {
            memory.desc a = Layouts.strided(new long[] {count, rowsA, length}, new long[] {length, strideA, 1});
            memory.desc b = Layouts.strided(new long[] {count, length, rowsB}, new long[] {length, 1, strideB});
            memory.desc products = Layouts.plain(count, rowsA, rowsB);
            return new Kernel(new matmul(new matmul.primitive_desc(new matmul.desc(a, b, products), OneDnn.cpu())))
                    .takes(DNNL_ARG_SRC, a)
                    .takes(DNNL_ARG_WEIGHTS, b)
                    .takes(DNNL_ARG_DST, products);
        }
    }

    /**
     * {@return whether {@link #of} takes these matrices}
     *
     * @param a a matrix
     * @param b a matrix
     */
    public static boolean serves(INDArray a, INDArray b) {
        return OneDnn.serves(a) && OneDnn.serves(b) && a.stride(1) == 1 && b.stride(1) == 1;
    }

    /**
     * {@return whether a row's product with itself is one to rely on} In single precision, squares leave the range of numbers
     * long before the elements do.
     *
     * @param square the product
     */
    public static boolean isReliable(double square) {
        return square > SMALLEST_SQUARE && square < LARGEST_SQUARE;
    }

    /**
     * {@return {@code A Bᵀ}}
     *
     * @param a {@code [K, D]}, rows of adjacent elements
     * @param b {@code [L, D]}, rows of adjacent elements
     */
    public static double[][] of(INDArray a, INDArray b) {
        double[][] sums = new double[(int) a.size(0)][(int) b.size(0)];
        long whole = a.size(1) / PIECE;
        long rest = a.size(1) % PIECE;
        if (whole > 0) {
            add(new Pieces(whole, PIECE, a.size(0), a.stride(0), b.size(0), b.stride(0)), a, b, 0, sums);
        }
        if (rest > 0) {
            add(new Pieces(1, rest, a.size(0), a.stride(0), b.size(0), b.stride(0)), a, b, whole * PIECE, sums);
        }
        return sums;
    }

    private static void add(Pieces pieces, INDArray a, INDArray b, long from, double[][] sums) {
        INDArray products = Nd4j.createUninitialized(DataType.FLOAT, pieces.count * pieces.rowsA * pieces.rowsB);
        Kernels.get(pieces, Pieces::prepare)
                .with(DNNL_ARG_SRC, a, from)
                .with(DNNL_ARG_WEIGHTS, b, from)
                .with(DNNL_ARG_DST, products)
                .run();
        float[] all = products.data().asFloat();
        for (int i = 0; i < all.length; ) {
            for (double[] row : sums) {
                for (int l = 0; l < row.length; l++) {
                    row[l] += all[i++];
                }
            }
        }
    }
}
