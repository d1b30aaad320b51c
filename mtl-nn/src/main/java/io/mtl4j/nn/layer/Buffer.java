package io.mtl4j.nn.layer;

import java.util.Objects;
import java.util.Optional;

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
}
