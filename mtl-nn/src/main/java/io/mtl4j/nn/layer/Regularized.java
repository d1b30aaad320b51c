package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;

/**
 * A layer whose weights (not biases) add {@code l1 Σ|w| + l2/2 Σ w²} to the training loss.
 *
 * @param layer the layer
 * @param l1 coefficient of the sum of absolute values, at least 0
 * @param l2 coefficient of half the sum of squares, at least 0
 */
public record Regularized(LayerSpec layer, double l1, double l2) implements LayerSpec {

    /** Checks the values. */
    public Regularized {
        Objects.requireNonNull(layer, "layer");
        Require.nonNegative("l1", l1);
        Require.nonNegative("l2", l2);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return layer.bind(input, binder.regularized(l1, l2));
    }
}
