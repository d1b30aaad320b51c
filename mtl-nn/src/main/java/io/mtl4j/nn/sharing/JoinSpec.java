package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Shape;
import java.util.List;

/** The description of a {@link Join}. */
interface JoinSpec {

    Join bind(List<Shape> inputs, Binder binder);
}
