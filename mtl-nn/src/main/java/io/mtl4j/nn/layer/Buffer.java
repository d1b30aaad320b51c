package io.mtl4j.nn.layer;

import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array that a layer keeps without training it, such as the running mean of a batch normalisation. Every input of a
 * model has its own copy of each buffer, so that the statistics of one data set never reach another's.
 *
 * @param index its number in the model, from 0
 * @param name unique in the model, such as {@code encoder.1.mean}
 * @param shape its shape, C order
 * @param fill its value at the start, unless {@code start} says otherwise
 * @param start the values it starts with; empty where all are {@code fill}
 */
public record Buffer(int index, String name, long[] shape, double fill, Optional<StartValues> start) {

    /** Checks that {@code start} is there. */
    public Buffer {
        Objects.requireNonNull(start, "start");
    }

    /**
     * A buffer whose elements all start with one value.
     *
     * @param index its number in the model, from 0
     * @param name unique in the model
     * @param shape its shape, C order
     * @param fill its value at the start
     */
    public Buffer(int index, String name, long[] shape, double fill) {
        this(index, name, shape, fill, Optional.empty());
    }

    /** {@return the number of elements} */
    public long length() {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        return length;
    }

    /**
     * Gives an array the values that this buffer starts with.
     *
     * @param array receives the values; of this buffer's shape
     * @param seed the seed of the model's start, the same for all of its parameters and buffers
     * @throws IllegalArgumentException if {@link #start} gives another number of values
     */
    public void initialize(INDArray array, Seed seed) {
        start.ifPresentOrElse(values -> values.copyTo(array, seed, name), () -> array.assign(fill));
    }
}
