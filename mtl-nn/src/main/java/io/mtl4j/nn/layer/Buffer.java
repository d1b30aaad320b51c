package io.mtl4j.nn.layer;

/**
 * An array that a layer keeps without training it, such as the running mean of a batch normalisation. Every input of a
 * model has its own copy of each buffer, so that the statistics of one data set never reach another's.
 *
 * @param index its number in the model, from 0
 * @param name unique in the model, such as {@code encoder.1.mean}
 * @param shape its shape, C order
 * @param fill its value at the start
 */
public record Buffer(int index, String name, long[] shape, double fill) {}
