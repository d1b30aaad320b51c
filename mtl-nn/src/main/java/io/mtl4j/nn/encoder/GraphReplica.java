package io.mtl4j.nn.encoder;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One DL4J graph at work. DL4J's layers keep what a forward pass leaves in themselves, so a graph serves one pass at a time;
 * {@link GraphReplicas} hands them out. Forward and backward passes are DL4J's, vertex by vertex, with activations in the
 * arena that is open, so that several backward passes may follow one forward pass.
 */
final class GraphReplica {

    private final ComputationGraph graph;
    private final INDArray parameters;
    private final int output;

    /**
     * Makes a graph that reads its parameters from a given array.
     *
     * @param json the configuration
     * @param parameters a row, in DL4J's order
     */
    GraphReplica(String json, INDArray parameters) {
        ComputationGraphConfiguration configuration = GraphJson.parse(json);
        configuration.setDataType(parameters.dataType());
        this.parameters = parameters;
        this.graph = new ComputationGraph(configuration);
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            graph.init(parameters, false);
        }
        this.output = graph.getVertex(configuration.getNetworkOutputs().get(0)).getVertexIndex();
    }

    INDArray parameters() {
        return parameters;
    }

    DataType type() {
        return parameters.dataType();
    }

    GraphVertex[] vertices() {
        return graph.getVertices();
    }

    /** {@return the numbers of the vertices in the order in which their parameters lie} */
    int[] order() {
        return graph.topologicalSortOrder();
    }

    /** Runs a batch through all vertices; what backward needs stays in the layers. */
    INDArray forward(GraphRun run) {
        graph.clearLayerMaskArrays();
        graph.setInputs(run.input());
        if (run.mask() != null) {
            graph.setLayerMaskArrays(new INDArray[] {run.mask()}, null);
        }
        LayerWorkspaceMgr memory = GraphMemory.manager(graph);
        INDArray result = null;
        try (ThreadRandom random = new ThreadRandom(run.seed())) {
            for (int index : order()) {
                GraphVertex vertex = vertices()[index];
                INDArray y = forward(vertex, run, memory);
                result = index == output ? y : result;
            }
        }
        return result;
    }

    private INDArray forward(GraphVertex vertex, GraphRun run, LayerWorkspaceMgr memory) {
        try (MemoryWorkspace working = memory.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
            INDArray y = vertex.isInputVertex() ? run.input() : vertex.doForward(run.training(), memory);
            if (vertex.getOutputVertices() != null) {
                for (VertexIndices next : vertex.getOutputVertices()) {
                    vertices()[next.getVertexIndex()].setInput(next.getVertexEdgeNumber(), y, memory);
                }
            }
            return y;
        }
    }

    /**
     * Propagates a gradient of the output, after {@link #forward}.
     *
     * @param gradient gradient with respect to the output, which the layers may overwrite
     * @param target receives the gradients of the parameters, a row in DL4J's order
     * @return gradient with respect to the input; null if a frozen layer or an embedding stops it
     */
    INDArray backward(INDArray gradient, INDArray target) {
        target.assign(0);
        bindGradients(target);
        for (GraphVertex vertex : vertices()) {
            vertex.setEpsilon(null);
        }
        vertices()[output].setEpsilon(gradient);
        LayerWorkspaceMgr memory = GraphMemory.manager(graph);
        int[] order = order();
        for (int i = order.length - 1; i >= 0; i--) {
            GraphVertex vertex = vertices()[order[i]];
            boolean stops = vertex.isInputVertex() || vertex.getEpsilon() == null || isFrozen(vertex);
            if (!stops) {
                backward(vertex, memory);
            }
        }
        GraphVertex input = vertices()[0];
        return input.getEpsilon();
    }

    private void backward(GraphVertex vertex, LayerWorkspaceMgr memory) {
        INDArray[] gradients;
        try (MemoryWorkspace working = memory.notifyScopeEntered(ArrayType.BP_WORKING_MEM)) {
            gradients = vertex.doBackward(false, memory).getSecond();
        }
        VertexIndices[] inputs = vertex.getInputVertices();
        for (int j = 0; j < inputs.length; j++) {
            if (gradients[j] != null) {
                GraphVertex before = vertices()[inputs[j].getVertexIndex()];
                INDArray sum = before.getEpsilon();
                before.setEpsilon(sum == null ? gradients[j] : sum.add(gradients[j]));
            }
        }
    }

    /** {@return whether DL4J holds a vertex's parameters fixed, and passes no gradient through it} */
    private static boolean isFrozen(GraphVertex vertex) {
        return vertex instanceof FrozenVertex || (vertex.hasLayer() && vertex.getLayer() instanceof FrozenLayer);
    }

    /** {@return whether DL4J holds a vertex's parameters fixed} */
    static boolean isFixed(GraphVertex vertex) {
        return isFrozen(vertex) || (vertex.hasLayer() && vertex.getLayer() instanceof FrozenLayerWithBackprop);
    }

    private void bindGradients(INDArray target) {
        long at = 0;
        for (int index : order()) {
            GraphVertex vertex = vertices()[index];
            long length = vertex.numParams();
            if (length > 0) {
                vertex.setBackpropGradientsViewArray(GraphVectors.part(target, at, length));
                at += length;
            }
        }
    }
}
