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
}
