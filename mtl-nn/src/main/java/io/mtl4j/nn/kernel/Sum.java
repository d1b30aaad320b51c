package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums of arrays, element by element. */
public final class Sum {

    private Sum() {}

    /**
     * {@return whether {@link #into} takes these arrays}
     *
     * @param a an array
     * @param b another
     * @param out receives the sum
     */
    public static boolean serves(INDArray a, INDArray b, INDArray out) {
        return Layouts.areServed(a, b, out) && a.rank() == b.rank();
    }

    /**
     * Computes {@code out = a + b}.
     *
     * @param a an array
     * @param b an array of the same shape, or with size 1 in some dimensions, along which it is repeated
     * @param out receives the sum; it may be {@code a}
     */
    public static void into(INDArray a, INDArray b, INDArray out) {
        Kernels.get(Shapes.of(a.shape(), b.shape()), Shapes::prepare)
                .with(DNNL_ARG_SRC_0, a)
                .with(DNNL_ARG_SRC_1, b)
                .with(DNNL_ARG_DST, out)
                .run();
    }

    private record Shapes(List<Long> a, List<Long> b) {

        static Shapes of(long[] a, long[] b) {
            if (Arrays.equals(a, b)) {
                List<Long> elements = List.of(Arrays.stream(a).reduce(1, (x, y) -> x * y));
                return new Shapes(elements, elements);
            }
            return new Shapes(
                    Arrays.stream(a).boxed().toList(), Arrays.stream(b).boxed().toList());
        }

        Kernel prepare() {
            var left = layout(a);
            var right = layout(b);
            var description = new binary.desc(dnnl_binary_add, left, right, left);
            return new Kernel(new binary(new binary.primitive_desc(description, OneDnn.cpu())))
                    .takes(DNNL_ARG_SRC_0, left)
                    .takes(DNNL_ARG_SRC_1, right)
                    .takes(DNNL_ARG_DST, left);
        }

        private static memory.desc layout(List<Long> shape) {
            return Layouts.plain(shape.stream().mapToLong(Long::longValue).toArray());
        }
    }
}
