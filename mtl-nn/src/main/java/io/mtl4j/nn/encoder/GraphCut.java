package io.mtl4j.nn.encoder;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Which part of a DL4J graph is the encoder. */
final class GraphCut {

    private GraphCut() {}

    /**
     * {@return the part of a graph that a vertex depends on, with that vertex as its output}
     *
     * @throws IllegalArgumentException if there is no such vertex
     */
    static ComputationGraphConfiguration at(ComputationGraphConfiguration whole, String vertex) {
        if (!whole.getVertices().containsKey(vertex)) {
            throw new IllegalArgumentException("graph: no vertex \"" + vertex + "\"; there are "
                    + whole.getVertices().keySet());
        }
        ComputationGraphConfiguration part = whole.clone();
        Set<String> needed = ancestors(whole, vertex);
        part.getVertices().keySet().retainAll(needed);
        part.getVertexInputs().keySet().retainAll(needed);
        part.setNetworkInputs(
                part.getNetworkInputs().stream().filter(needed::contains).toList());
        part.setNetworkOutputs(List.of(vertex));
        part.setTopologicalOrder(null);
        part.setTopologicalOrderStr(null);
        return part;
    }

    private static Set<String> ancestors(ComputationGraphConfiguration graph, String vertex) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(vertex));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (found.add(name)) {
                open.addAll(graph.getVertexInputs().getOrDefault(name, List.of()));
            }
        }
        return found;
    }

    /**
     * Checks that a graph has one input and one output without a loss.
     *
     * @throws IllegalArgumentException if it has not; the message says how to cut it
     */
    static void requireEncoder(ComputationGraphConfiguration graph) {
        if (graph.getNetworkInputs().size() != 1) {
            throw new IllegalArgumentException("graph: it has the inputs " + graph.getNetworkInputs()
                    + "; an encoder has one, so merge them into one array or cut at a vertex that needs only one");
        }
        if (graph.getNetworkOutputs().size() != 1) {
            throw new IllegalArgumentException("graph: it has the outputs " + graph.getNetworkOutputs()
                    + "; an encoder has one, so say at which vertex to cut: Encoders.graph(graph, \"vertex\")");
        }
        String output = graph.getNetworkOutputs().get(0);
        if (hasLoss(graph.getVertices().get(output))) {
            Set<String> before = new TreeSet<>(graph.getVertexInputs().get(output));
            throw new IllegalArgumentException("graph: its output \"" + output
                    + "\" is an output layer with a loss of its own, where the heads of the tasks belong;"
                    + " cut before it: Encoders.graph(graph, \""
                    + String.join("\") or Encoders.graph(graph, \"", before) + "\")");
        }
    }

    /** {@return the only vertex that the only output reads, if that has a loss} */
    static Optional<String> beforeLoss(ComputationGraphConfiguration graph) {
        if (graph.getNetworkOutputs().size() != 1) {
            return Optional.empty();
        }
        String output = graph.getNetworkOutputs().get(0);
        List<String> before = graph.getVertexInputs().get(output);
        boolean clear = before.size() == 1 && graph.getVertices().containsKey(before.get(0));
        return clear && hasLoss(graph.getVertices().get(output)) ? Optional.of(before.get(0)) : Optional.empty();
    }

    /** DL4J's layers with a loss have no common type, but their names end alike. */
    private static boolean hasLoss(GraphVertex vertex) {
        if (!(vertex instanceof LayerVertex layerVertex)) {
            return false;
        }
        Layer layer = layerVertex.getLayerConf().getLayer();
        while (layer instanceof FrozenLayer || layer instanceof BaseWrapperLayer) {
            layer = layer instanceof FrozenLayer frozen
                    ? frozen.getLayer()
                    : ((BaseWrapperLayer) layer).getUnderlying();
        }
        String name = layer.getClass().getSimpleName();
        return name.endsWith("OutputLayer") || name.endsWith("LossLayer");
    }
}
