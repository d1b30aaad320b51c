package io.mtl4j.aggregation;

import java.util.Objects;

/** The direction that an {@link Aggregator} chose. */
public sealed interface UpdateDirection {

    /**
     * {@code d = Σ w_k g_k}: the combination is one product on the device.
     *
     * @param weights weights {@code [K]}
     */
    record Weights(double[] weights) implements UpdateDirection {
        /** Copies the weights. */
        public Weights {
            weights = Objects.requireNonNull(weights, "weights").clone();
        }

        @Override
        public double[] weights() {
            return weights.clone();
        }
    }

    /**
     * A direction that is no fixed combination of the gradients.
     *
     * @param direction the direction {@code [D]}; not copied, for D may be millions
     */
    record Vector(double[] direction) implements UpdateDirection {
        /** Checks that there is a direction. */
        public Vector {
            Objects.requireNonNull(direction, "direction");
        }
    }
}
