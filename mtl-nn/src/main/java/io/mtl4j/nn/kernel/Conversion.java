package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Brings arrays from one order of elements to another; costs nothing where the two are the same. */
final class Conversion {

    private final memory.desc to;
    private final Kernel copy;

    Conversion(memory.desc from, memory.desc to) {
        this.to = to;
        this.copy = from.equals(to)
                ? null
                : new Kernel(new reorder(new reorder.primitive_desc(OneDnn.cpu(), from, OneDnn.cpu(), to)))
                        .takes(DNNL_ARG_FROM, from)
                        .takes(DNNL_ARG_TO, to);
    }

    /** {@return the array in the other order: itself, or a new flat array} */
    INDArray of(INDArray array) {
        if (copy == null) {
            return array;
        }
        INDArray converted = Layouts.room(to);
        copy.with(DNNL_ARG_FROM, array).with(DNNL_ARG_TO, converted).run();
        return converted;
    }

    /** {@return an array in the order converted from, whose conversion ends in the target: the target itself if it can} */
    INDArray before(memory.desc from, INDArray target) {
        return copy == null ? target : Layouts.room(from);
    }

    /** Ends what {@link #before} began, or converts into an array that is there already. */
    INDArray into(INDArray array, INDArray target) {
        if (copy != null) {
            copy.with(DNNL_ARG_FROM, array).with(DNNL_ARG_TO, target).run();
        } else if (array != target) {
            target.assign(array.reshape('c', target.shape()));
        }
        return target;
    }
}
