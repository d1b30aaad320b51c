package io.mtl4j.nn.model;

import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.Objects;

/**
 * One input of a model.
 *
 * @param name unique in the model
 * @param shape the shape of an example
 * @param stem brings an example to the shape that the shared encoder takes; an empty chain if it has it already
 */
public record InputSpec(String name, Shape shape, LayerSpec stem) {
    /** Checks that nothing is missing. */
    public InputSpec {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(stem, "stem");
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("input name is blank; give each input a name, such as \"image\"");
        }
    }
}
