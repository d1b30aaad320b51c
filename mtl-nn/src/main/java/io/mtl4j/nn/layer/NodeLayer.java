package io.mtl4j.nn.layer;

/**
 * A layer on the nodes of graphs, {@code [batch, nodes, features]}, that reads the edges from the {@linkplain
 * Pass#relations() relations} of the pass: the adjacency A {@code [batch, nodes, nodes]}, with {@code A_ij} above 0 where
 * node i listens to node j, and 0 elsewhere. Nodes that the {@linkplain Pass#mask() mask} calls padding are heard by no
 * other node, whatever A says; what comes out at padding is finite and means nothing.
 */
public sealed interface NodeLayer extends LayerSpec permits GraphAttention, GraphConvolution {

    /**
     * {@return this layer with another function at its end}
     *
     * @param activation the function
     */
    NodeLayer withActivation(Activation activation);

    /**
     * {@return the number of features of a node}
     *
     * @param input what comes in
     * @param layer the layer, for the message
     * @throws IllegalArgumentException if these are no nodes
     */
    static int features(Shape input, String layer) {
        if (input instanceof Shape.Sequence nodes) {
            return nodes.features();
        }
        throw new IllegalArgumentException(layer + ": input is " + input
                + "; it takes the nodes of graphs, so declare the input as Shape.sequence(features of a node) and"
                + " keep every node up to here");
    }
}
