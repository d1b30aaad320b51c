package io.mtl4j.nn.encoder;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Where encoders begin. */
public final class Encoders {

    private Encoders() {}

    /** {@return a multi-layer perceptron without layers; add them with {@link Mlp#dense}} */
    public static Mlp mlp() {
        return new Mlp(List.of(), LayerSettings.DEFAULT);
    }

    /** {@return a convolutional network without layers; add them with {@link Cnn#conv(int, int)} and the like} */
    public static Cnn cnn() {
        return new Cnn(List.of(), LayerSettings.DEFAULT);
    }

    /** {@return an LSTM of one layer of 128 units that gives its last state; change it with {@link LstmEncoder}'s methods} */
    public static LstmEncoder lstm() {
        return LstmEncoder.start();
    }

    /**
     * {@return a transformer of two post-norm blocks with 128 features, 4 heads and fixed waves as positions that gives
     * the mean over the steps; change it with {@link TransformerEncoder}'s methods}
     */
    public static TransformerEncoder transformer() {
        return TransformerEncoder.start();
    }

    /**
     * {@return a graph neural network without layers, for graphs of nodes and edges, that keeps every node; add layers with
     * {@link Gnn#convolution} and {@link Gnn#attention}}
     */
    public static Gnn gnn() {
        return Gnn.start();
    }

    /**
     * {@return a DL4J graph as encoder, whose parameters its own initialisers draw from the model's seed}
     *
     * @param configuration a graph with one input, and one output that is no output layer; later changes to it do not
     *     matter
     * @throws IllegalArgumentException if it is not such a graph, or names classes of other libraries
     */
    public static GraphEncoder graph(ComputationGraphConfiguration configuration) {
        GraphCut.requireEncoder(configuration);
        return new GraphEncoder(configuration.toJson(), false, GraphStart.drawn());
    }

    /**
     * {@return the part of a DL4J graph up to a vertex as encoder, whose parameters its own initialisers draw from the
     * model's seed}
     *
     * @param configuration a graph
     * @param vertex the vertex whose activation is the representation
     * @throws IllegalArgumentException if there is no such vertex, it is an output layer, or it needs several inputs
     */
    public static GraphEncoder graph(ComputationGraphConfiguration configuration, String vertex) {
        return graph(GraphCut.at(configuration, vertex));
    }

    /**
     * {@return a trained DL4J graph as encoder; it starts with the values that the graph has now}
     *
     * @param trained a graph with one input, and one output that is no output layer; it is not changed
     * @throws IllegalArgumentException if it is not such a graph, or has classes of other libraries
     */
    public static GraphEncoder graph(ComputationGraph trained) {
        ComputationGraphConfiguration configuration = trained.getConfiguration();
        GraphCut.requireEncoder(configuration);
        return new GraphEncoder(configuration.toJson(), false, GraphStart.of(trained));
    }

    /**
     * {@return the part of a trained DL4J graph up to a vertex as encoder; it starts with the values that the graph has
     * now}
     *
     * @param trained a graph; it is not changed
     * @param vertex the vertex whose activation is the representation
     * @throws IllegalArgumentException if there is no such vertex, it is an output layer, or it needs several inputs
     */
    public static GraphEncoder graph(ComputationGraph trained, String vertex) {
        ComputationGraphConfiguration part = GraphCut.at(trained.getConfiguration(), vertex);
        GraphCut.requireEncoder(part);
        String json = part.toJson();
        return new GraphEncoder(json, false, GraphStart.of(trained, json));
    }

    /**
     * {@return a trained DL4J graph as encoder up to what its output layer reads, or all of it if it ends without a loss; it
     * starts with the values that the graph has now}
     *
     * @param trained a graph; it is not changed
     * @throws IllegalArgumentException if it has several outputs or inputs, or several vertices before its output layer; the
     *     message names the vertices to choose from
     */
    public static GraphEncoder graphBeforeOutput(ComputationGraph trained) {
        return GraphCut.beforeLoss(trained.getConfiguration())
                .map(vertex -> graph(trained, vertex))
                .orElseGet(() -> graph(trained));
    }
}
