package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The layers of a head: hidden layers, and a linear layer that gives the logits.
 *
 * @param hidden number of units of each hidden layer; empty for a linear head
 * @param activation between the hidden layers
 */
public record HeadLayers(List<Integer> hidden, Activation activation) {

    /** A linear head. */
    public static final HeadLayers LINEAR = new HeadLayers(List.of(), Activation.RELU);

    /** Checks the values and copies the list. */
    public HeadLayers {
        Objects.requireNonNull(activation, "activation");
        hidden = List.copyOf(hidden);
        hidden.forEach(units -> Require.atLeast("hidden units", units, 1));
    }

    /**
     * {@return the network}
     *
     * @param outputs number of logits
     */
    public LayerSpec network(int outputs) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int units : hidden) {
            layers.add(new Dense(units, activation, Initializer.HE_UNIFORM));
        }
        layers.add(new Dense(outputs, Activation.IDENTITY, Initializer.GLOROT_UNIFORM));
        return new Chain(layers);
    }

    HeadLayers withHidden(List<Integer> units) {
        return new HeadLayers(units, activation);
    }

    HeadLayers withActivation(Activation function) {
        return new HeadLayers(hidden, function);
    }
}
