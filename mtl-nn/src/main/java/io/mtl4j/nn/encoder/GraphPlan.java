package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Shape;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * A graph that fits an input: checked, with DL4J's preprocessors and input sizes filled in where the configuration left
 * them out.
 *
 * @param encoder the encoder
 * @param json the completed configuration
 * @param input the shape of what comes in
 * @param types what each vertex gives, the input included
 * @param length number of parameters, statistics of batch normalisations included
 */
record GraphPlan(GraphEncoder encoder, String json, Shape input, Map<String, InputType> types, long length) {

    /**
     * Completes and checks a graph, without taking memory for its parameters.
     *
     * @throws IllegalArgumentException if it cannot be an encoder of such an input
     */
    static GraphPlan of(GraphEncoder encoder, Shape input) {
        ComputationGraphConfiguration graph = GraphJson.parse(encoder.configuration());
        GraphCut.requireEncoder(graph);
        InputType type = GraphFormats.inputType(input, graph);
        Map<String, InputType> types;
        try {
            types = graph.getLayerActivationTypes(true, false, type);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("graph: it does not take " + input + ": " + e.getMessage(), e);
        }
        requireInputSizes(graph, type, input);
        long length = length(graph);
        types.put(graph.getNetworkInputs().get(0), type);
        return new GraphPlan(encoder, graph.toJson(), input, types, length);
    }

    /** If other input sizes than those set would give other numbers of parameters, the input does not fit. */
    private static void requireInputSizes(ComputationGraphConfiguration graph, InputType type, Shape input) {
        ComputationGraphConfiguration fitting = graph.clone();
        fitting.getLayerActivationTypes(true, true, type);
        for (Map.Entry<String, GraphVertex> vertex : graph.getVertices().entrySet()) {
            long has = vertex.getValue().numParams(true);
            long needs = fitting.getVertices().get(vertex.getKey()).numParams(true);
            if (has != needs) {
                throw new IllegalArgumentException("graph: vertex \"" + vertex.getKey() + "\" has " + has
                        + " parameters where the input " + input + " needs " + needs
                        + "; give the input the shape that the graph was made for, or a stem that brings it there");
            }
        }
    }

    private static long length(ComputationGraphConfiguration graph) {
        long length = 0;
        for (GraphVertex vertex : graph.getVertices().values()) {
            length = Math.addExact(length, vertex.numParams(true));
        }
        long bytes = Math.multiplyExact(length, Float.BYTES);
        long limit = Pointer.maxBytes();
        if (length < 1 || (limit > 0 && bytes > limit - Pointer.totalBytes())) {
            throw new IllegalArgumentException("graph: " + length + " parameters, " + bytes
                    + " bytes; there must be at least one parameter, and memory for all: the limit is " + limit
                    + " bytes (system property org.bytedeco.javacpp.maxbytes)");
        }
        return length;
    }

    /** {@return the name of the network's input} */
    String inputName() {
        return GraphJson.parse(json).getNetworkInputs().get(0);
    }

    /** {@return the name of the vertex whose activation is the representation} */
    String outputName() {
        return GraphJson.parse(json).getNetworkOutputs().get(0);
    }

    /** {@return the layer, with all parameters declared} */
    GraphLayer declare(Binder binder) {
        return new GraphDeclaration(this, binder).layer();
    }
}
