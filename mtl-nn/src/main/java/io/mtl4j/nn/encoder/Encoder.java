package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.List;

/**
 * A SHARED ENCODER: the part of a model that turns an input into the representation that all tasks read. Any {@link
 * LayerSpec} can be one; this interface adds a name for tables and messages.
 */
public interface Encoder extends LayerSpec {

    /** {@return what kind of encoder this is, such as {@code cnn}} */
    String kind();

    /**
     * {@return this encoder as stages, first to last: one after the other they compute what the encoder does} Ways of sharing
     * use them to let tasks meet between stages. A stage has parameters; layers without any belong to the stage before
     * them, or to the first. An encoder that cannot be taken apart is one stage.
     *
     * @param input the shape of the encoder's input
     * @throws IllegalArgumentException if the encoder cannot take such an input
     */
    default List<LayerSpec> stages(Shape input) {
        return List.of(this);
    }

    @Override
    Layer bind(Shape input, Binder binder);
}
