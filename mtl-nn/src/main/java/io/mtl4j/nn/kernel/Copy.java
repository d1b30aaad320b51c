package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.nio.LongBuffer;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies of arrays with another order of elements, such as the transpose of a matrix. */
public final class Copy {

    private Copy() {}

    /**
     * Copies an array.
     *
     * @param from what to copy
     * @param to receives the copy; of the same shape, in any order
     * @return {@code to}
     */
    public static INDArray into(INDArray from, INDArray to) {
        if (!OneDnn.serves(from) || !OneDnn.serves(to) || repeats(from)) {
            return to.assign(from);
        }
        Kernels.get(Orders.of(from, to), Orders::prepare)
                .with(DNNL_ARG_FROM, from)
                .with(DNNL_ARG_TO, to)
                .run();
        return to;
    }

    /** Whether an array is a broadcast one, or empty. */
    private static boolean repeats(INDArray array) {
        for (int i = 0; i < array.rank(); i++) {
            if (array.size(i) == 0 || array.size(i) > 1 && array.stride(i) == 0) {
                return true;
            }
        }
        return array.rank() == 0;
    }

    private record Orders(LongBuffer shape, LongBuffer from, LongBuffer to) {

        static Orders of(INDArray from, INDArray to) {
            return new Orders(
                    LongBuffer.wrap(from.shape()), LongBuffer.wrap(from.stride()), LongBuffer.wrap(to.stride()));
        }

        Kernel prepare() {
            var source = Layouts.strided(shape.array(), from.array());
            var target = Layouts.strided(shape.array(), to.array());
            var description = new reorder.primitive_desc(OneDnn.cpu(), source, OneDnn.cpu(), target);
            return new Kernel(new reorder(description))
                    .takes(DNNL_ARG_FROM, source)
                    .takes(DNNL_ARG_TO, target);
        }
    }
}
