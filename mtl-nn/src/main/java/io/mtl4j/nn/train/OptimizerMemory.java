package io.mtl4j.nn.train;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What optimisers remember, live: first that of the joint step, then those of the generators.
 *
 * @param parts a vector for each; empty ones have no elements
 */
record OptimizerMemory(List<INDArray> parts) {

    OptimizerMemory {
        parts = List.copyOf(parts);
    }

    /** A copy of all as one vector; empty if nothing is remembered. */
    INDArray copy() {
        INDArray[] filled = parts.stream()
                .filter(part -> !part.isEmpty())
                .map(part -> part.reshape(part.length()))
                .toArray(INDArray[]::new);
        return filled.length == 0 ? parts.get(0).dup() : Nd4j.concat(0, filled);
    }

    /** Takes back what {@link #copy} gave. */
    void restore(INDArray copy) {
        long length = parts.stream().mapToLong(OptimizerMemory::size).sum();
        if (length != size(copy)) {
            throw new IllegalArgumentException("the state to resume has an optimizer memory of "
                    + size(copy) + " numbers where " + length
                    + " are needed; configure the same model and optimizer as when it was saved");
        }
        long at = 0;
        for (INDArray part : parts) {
            if (!part.isEmpty()) {
                long end = at + part.length();
                part.assign(
                        copy.reshape(length).get(NDArrayIndex.interval(at, end)).reshape('c', part.shape()));
                at = end;
            }
        }
    }

    private static long size(INDArray array) {
        return array.isEmpty() ? 0 : array.length();
    }
}
