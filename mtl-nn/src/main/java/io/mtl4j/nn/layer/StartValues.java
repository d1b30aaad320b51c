package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The values with which a parameter or buffer starts where no {@link Initializer} can draw them, such as those of a network
 * that was trained before.
 */
@FunctionalInterface
public interface StartValues {

    /**
     * {@return as many numbers as the parameter or buffer has elements, in C order}
     *
     * @param seed the seed of the model's start: the same for all parameters and buffers of a model; values that are drawn
     *     must be a function of it
     */
    INDArray values(Seed seed);

    /**
     * Copies the values.
     *
     * @param array receives them
     * @param seed the seed of the model's start
     * @param name what starts, for the message
     * @throws IllegalArgumentException if there are more or fewer values than the array has elements
     */
    default void copyTo(INDArray array, Seed seed, String name) {
        INDArray numbers = values(seed);
        if (numbers.length() != array.length()) {
            throw new IllegalArgumentException("parameter \"" + name + "\": " + numbers.length() + " values to start "
                    + array.length() + " elements with; give one for each");
        }
        array.assign(numbers.castTo(array.dataType()).reshape('c', array.shape()));
    }
}
