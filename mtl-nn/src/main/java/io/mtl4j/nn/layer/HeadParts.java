package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Heads of attention that stand side by side in rows of features, each seen as matrices {@code [batch, heads, time, d]} in
 * the memory of those rows: products read and write them where they are.
 *
 * @param batch number of examples
 * @param time number of steps
 * @param heads number of heads
 * @param size d, features of a head
 */
record HeadParts(long batch, long time, int heads, int size) {

    /**
     * {@return a part of each row}
     *
     * @param rows {@code [batch * time, parts * heads * d]}, C-ordered
     * @param number which part, from 0
     */
    INDArray of(INDArray rows, int number) {
        long width = rows.size(1);
        long[] shape = {batch, heads, time, size};
        long[] strides = {time * width, size, width, 1};
        return Nd4j.create(rows.data(), shape, strides, rows.offset() + (long) number * heads * size, 'c');
    }

    /** {@return a new array for a number for each head and pair of steps: {@code [batch, heads, time, time]}} */
    INDArray pairs(INDArray like) {
        return Nd4j.createUninitialized(like.dataType(), batch, heads, time, time);
    }
}
