package io.mtl4j.nn.layer;

import java.util.Objects;

/**
 * A layer whose parameters keep the values they start with: no optimiser, weight decay or penalty changes them, and
 * methods for gradients of several tasks do not see them. Batch normalisation inside uses its running statistics and leaves
 * them as they are.
 *
 * @param layer the layer
 */
public record Frozen(LayerSpec layer) implements LayerSpec {

    /** Checks that the layer is there. */
    public Frozen {
        Objects.requireNonNull(layer, "layer");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return layer.bind(input, binder.frozen());
    }
}
