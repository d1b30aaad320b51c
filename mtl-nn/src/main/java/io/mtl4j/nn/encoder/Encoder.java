package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;

/**
 * A SHARED ENCODER: the part of a model that turns an input into the representation that all tasks read. Any {@link
 * LayerSpec} can be one; this interface adds a name for tables and messages.
 */
public interface Encoder extends LayerSpec {

    /** {@return what kind of encoder this is, such as {@code cnn}} */
    String kind();

    @Override
    Layer bind(Shape input, Binder binder);
}
