package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Shape;
import java.util.Objects;

/**
 * Any DL4J {@code ComputationGraph} with one input and one output as a shared encoder, new or trained; start with {@link
 * Encoders#graph(org.deeplearning4j.nn.graph.ComputationGraph)} and its sisters.
 *
 * <pre>{@code
 * Encoder features = Encoders.graph(trained, "avgpool").freeze();
 * }</pre>
 *
 * <p>Shapes: vectors and pictures as everywhere in this library; sequences are {@code [batch, time, features]} outside and
 * whatever the graph's layers are set to inside, and masks of time steps reach its layers. Pictures go in and come out as
 * {@code [batch, channels, height, width]} even if the layers are set to NHWC. Token numbers go to an embedding layer.
 *
 * <p>The graph brings its architecture, its initialisers, its dropout and its L1 and L2 coefficients; everything else about
 * training is the trainer's: DL4J's updaters, learning rates, weight decay, gradient normalisation, constraints and
 * truncated backpropagation are not used. Dropout and weight noise draw from the pass's own random numbers; their schedules
 * stay at iteration 0. Where a batch normalisation keeps running statistics, each input of the model has its own, and they
 * move with the first backward pass of each step by DL4J's own rule. Layers that DL4J froze stay frozen.
 *
 * <p>Predictions may run on many threads: each gets a copy of the graph's layers, which all read the same parameters. Only
 * with batch normalisation does each copy have parameters of its own.
 *
 * @param configuration the graph as DL4J's JSON; it names only classes of DL4J and ND4J
 * @param frozen whether its parameters stay as they are; it then runs as in prediction, without dropout and with running
 *     statistics
 * @param start how its parameters start
 */
public record GraphEncoder(String configuration, boolean frozen, GraphStart start) implements Encoder {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the configuration is not JSON or names a class of another library
     */
    public GraphEncoder {
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(start, "start");
        GraphJson.check(configuration);
    }

    /** {@return this encoder with parameters that stay as they are} */
    public GraphEncoder freeze() {
        return new GraphEncoder(configuration, true, start);
    }

    @Override
    public String kind() {
        return "graph";
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return GraphPlan.of(this, input).declare(binder);
    }
}
