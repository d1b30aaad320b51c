package io.mtl4j.nn.layer;

/**
 * The description of a layer: a value without arrays, written as a record so that it can be compared, printed and saved.
 * Implement it for a layer of your own.
 */
public interface LayerSpec {

    /**
     * Makes the layer for a given input.
     *
     * @param input the shape of what comes in
     * @param binder declares the layer's parameters, buffers and slots
     * @return the layer
     * @throws IllegalArgumentException if the layer cannot take such an input; the message says which it takes
     */
    Layer bind(Shape input, Binder binder);
}
