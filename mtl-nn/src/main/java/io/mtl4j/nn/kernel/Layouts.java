package io.mtl4j.nn.kernel;

import java.util.stream.LongStream;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Shapes and orders of elements of single-precision arrays. */
final class Layouts {

    private static final long BYTES = 4;
    private static final long LINE = 64;

    private Layouts() {}

    /** {@return the order that the operation likes best} */
    static memory.desc any(long... shape) {
        return new memory.desc(shape, memory.data_type.f32, memory.format_tag.any);
    }

    /** {@return a named order} */
    static memory.desc of(memory.format_tag order, long... shape) {
        return new memory.desc(shape, memory.data_type.f32, order);
    }

    /** {@return elements at given distances} */
    static memory.desc strided(long[] shape, long[] strides) {
        return new memory.desc(shape, memory.data_type.f32, strides);
    }

    /** {@return the C order} */
    static memory.desc plain(long... shape) {
        return strided(shape, strides(shape));
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long step = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= shape[i];
        }
        return strides;
    }

    /** {@return an array with its elements in C order without gaps: the given one if it is so, a copy otherwise} */
    static INDArray dense(INDArray x) {
        return isDense(x) ? x : x.dup('c');
    }

    /** {@return whether an array's elements lie in C order without gaps} */
    static boolean isDense(INDArray x) {
        long step = 1;
        for (int i = x.rank() - 1; i >= 0; i--) {
            if (x.size(i) != 1 && x.stride(i) != step) {
                return false;
            }
            step *= x.size(i);
        }
        return true;
    }

    /** {@return whether oneDNN can compute with all of some arrays as they are, in C order without gaps} */
    static boolean areServed(INDArray... arrays) {
        for (INDArray array : arrays) {
            if (!OneDnn.serves(array) || !isDense(array)) {
                return false;
            }
        }
        return true;
    }

    /** {@return a new flat array, in the open arena if there is one, with room for all elements of a layout} */
    static INDArray room(memory.desc layout) {
        return aligned(layout.get_size() / BYTES);
    }

    /**
     * {@return a new array in C order, in the open arena if there is one, that begins where a line of the processor's cache
     * does} Winograd's convolution writes with instructions that crash elsewhere, and ND4J's arenas keep to half lines.
     */
    static INDArray aligned(long... shape) {
        long length = LongStream.of(shape).reduce(1, (a, b) -> a * b);
        INDArray wider = Nd4j.createUninitialized(DataType.FLOAT, length + LINE / BYTES);
        long before = Math.floorMod(-wider.data().address(), LINE) / BYTES;
        return Nd4j.create(wider.data(), shape, strides(shape), before, 'c');
    }
}
