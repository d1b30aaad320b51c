package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.NodeLayer;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Regularized;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The layers of a head: layers on the nodes of a graph, hidden layers, and a linear layer that gives the logits.
 *
 * @param nodes layers that read the edges of a graph, before its nodes become one vector; empty for none
 * @param hidden number of units of each hidden layer; empty for a linear head
 * @param activation after each hidden layer and each of the nodes
 * @param dropout rate of dropout before each layer, at least 0 and below 1
 * @param pool how a sequence becomes a vector, where there is one answer for all of it
 * @param l2 coefficient of half the sum of squared weights; empty for that of the model
 */
public record HeadLayers(
        List<NodeLayer> nodes,
        List<Integer> hidden,
        Activation activation,
        double dropout,
        SequencePool.Kind pool,
        Optional<Double> l2) {

    /** A linear head without dropout; sequences are averaged. */
    public static final HeadLayers LINEAR =
            new HeadLayers(List.of(), List.of(), Activation.RELU, 0, SequencePool.Kind.MEAN, Optional.empty());

    /** Checks the values and copies the list. */
    public HeadLayers {
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(pool, "pool");
        nodes = List.copyOf(nodes);
        hidden = List.copyOf(hidden);
        hidden.forEach(units -> Require.atLeast("hidden units", units, 1));
        Require.within("dropout", dropout, 0, Math.nextDown(1.0));
        l2.ifPresent(coefficient -> Require.nonNegative("l2", coefficient));
    }

    /**
     * {@return the network from a representation to a task's logits}
     *
     * @param task the task
     * @param everyStep whether there are logits for each step of a sequence
     * @param representation shape of the representation
     * @throws IllegalArgumentException if there shall be logits for each step and the representation has no steps
     */
    public LayerSpec network(Task task, boolean everyStep, Shape representation) {
        boolean sequence = representation instanceof Shape.Sequence;
        if (!nodes.isEmpty() && !sequence) {
            throw new IllegalArgumentException(
                    "task \"" + task.name() + "\" has layers on the nodes of graphs, but its " + "representation is "
                            + representation + "; use an encoder that keeps every node");
        }
        if (everyStep && !sequence) {
            throw new IllegalArgumentException(
                    "task \"" + task.name() + "\" answers at each step of a sequence, but its " + "representation is "
                            + representation + "; use an encoder that keeps the steps");
        }
        List<LayerSpec> layers = new ArrayList<>();
        for (NodeLayer layer : nodes) {
            addDropout(layers);
            layers.add(layer.withActivation(activation));
        }
        if (sequence && !everyStep) {
            layers.add(new SequencePool(pool));
        }
        for (int units : hidden) {
            addDropout(layers);
            layers.add(new Dense(units, activation, Initializer.HE_UNIFORM));
        }
        addDropout(layers);
        layers.add(new Dense(task.outputs(), Activation.IDENTITY, Initializer.GLOROT_UNIFORM));
        return regularized(new Chain(layers));
    }

    /**
     * {@return the network from a representation to a task's logits for each pixel: given layers first, then a 3x3 convolution for
     * each hidden layer, then a 1x1 convolution}
     *
     * @param task the task
     * @param decoder the layers that bring the representation to the labels' size
     * @param representation shape of the representation
     * @throws IllegalArgumentException if the representation is no picture
     */
    LayerSpec pixelNetwork(Task task, List<LayerSpec> decoder, Shape representation) {
        if (!(representation instanceof Shape.Image)) {
            throw new IllegalArgumentException(
                    "task \"" + task.name() + "\" answers for each pixel, but its representation is " + representation
                            + "; use an encoder that keeps pictures, such as a cnn() without dense and globalPool");
        }
        if (!nodes.isEmpty()) {
            throw new IllegalArgumentException("task \"" + task.name()
                    + "\" has layers on the nodes of graphs, but answers for each pixel; leave them out");
        }
        List<LayerSpec> layers = new ArrayList<>(decoder);
        for (int filters : hidden) {
            addDropout(layers);
            layers.add(new Conv2d(filters, 3, 1, 1, Padding.SAME, true, activation, Initializer.HE_NORMAL));
        }
        addDropout(layers);
        layers.add(new Conv2d(
                task.outputs(), 1, 1, 1, Padding.SAME, true, Activation.IDENTITY, Initializer.GLOROT_UNIFORM));
        return regularized(new Chain(layers));
    }

    private LayerSpec regularized(Chain chain) {
        return l2.isPresent() ? new Regularized(chain, 0, l2.get()) : chain;
    }

    private void addDropout(List<LayerSpec> layers) {
        if (dropout > 0) {
            layers.add(new Dropout(dropout));
        }
    }

    HeadLayers withNodes(List<NodeLayer> more) {
        List<NodeLayer> all = new ArrayList<>(nodes);
        all.addAll(more);
        return new HeadLayers(all, hidden, activation, dropout, pool, l2);
    }

    HeadLayers withHidden(List<Integer> units) {
        return new HeadLayers(nodes, units, activation, dropout, pool, l2);
    }

    HeadLayers withActivation(Activation function) {
        return new HeadLayers(nodes, hidden, function, dropout, pool, l2);
    }

    HeadLayers withDropout(double rate) {
        return new HeadLayers(nodes, hidden, activation, rate, pool, l2);
    }

    HeadLayers withPool(SequencePool.Kind kind) {
        return new HeadLayers(nodes, hidden, activation, dropout, kind, l2);
    }

    HeadLayers withL2(double coefficient) {
        return new HeadLayers(nodes, hidden, activation, dropout, pool, Optional.of(coefficient));
    }
}
