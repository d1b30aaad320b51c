package io.mtl4j.nn.encoder;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** One flat vector over arrays that lie one behind the other in memory, as the parameters of a model do. */
final class GraphVectors {

    private GraphVectors() {}

    /** {@return a row over all arrays without a copy, or null if they do not lie one behind the other} */
    static INDArray over(List<INDArray> arrays) {
        DataBuffer memory = memory(arrays.get(0));
        long begin = arrays.get(0).data().offset();
        long end = begin;
        for (INDArray array : arrays) {
            boolean follows = memory(array) == memory
                    && array.data().offset() == end
                    && array.ordering() == 'c'
                    && array.elementWiseStride() == 1;
            if (!follows) {
                return null;
            }
            end += array.length();
        }
        long length = end - begin;
        return Nd4j.create(memory, new long[] {1, length}, new long[] {length, 1}, begin, 'c');
    }

    private static DataBuffer memory(INDArray array) {
        DataBuffer original = array.data().originalDataBuffer();
        return original == null ? array.data() : original;
    }

    /** {@return a part of a row, as a vector that shares its memory} */
    static INDArray part(INDArray row, GraphSegment segment) {
        return part(row, segment.from(), segment.length());
    }

    /** {@return a part of a row, as a vector that shares its memory} */
    static INDArray part(INDArray row, long from, long length) {
        return row.reshape(row.length()).get(NDArrayIndex.interval(from, from + length));
    }
}
