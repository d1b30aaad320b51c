package io.mtl4j.nn.encoder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mtl4j.nn.layer.Seed;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the parameters of a {@link GraphEncoder} start: drawn by the initialisers of the graph's own layers from the model's
 * seed, or with the values of a trained graph.
 *
 * <p>Given values are not written to JSON, where every start is {@code "drawn"}: a model file has the parameters beside it.
 */
public final class GraphStart {

    private static final GraphStart DRAWN = new GraphStart(Optional.empty());
    private static final String JSON = "drawn";

    private final Optional<INDArray> given;

    private GraphStart(Optional<INDArray> given) {
        this.given = given;
    }

    /** {@return a start that is drawn from the model's seed} */
    public static GraphStart drawn() {
        return DRAWN;
    }

    /** {@return a start with the values that a graph has now} */
    static GraphStart of(ComputationGraph graph) {
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            return new GraphStart(Optional.of(graph.params().dup()));
        }
    }

    /** {@return a start with the values that the vertices of a part have in the whole graph} */
    static GraphStart of(ComputationGraph whole, String part) {
        ComputationGraphConfiguration configuration = GraphJson.parse(part);
        configuration.setDataType(whole.params().dataType());
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            long length = configuration.getVertices().values().stream()
                    .mapToLong(vertex -> vertex.numParams(true))
                    .sum();
            INDArray values = Nd4j.create(whole.params().dataType(), 1, length);
            ComputationGraph graph = new ComputationGraph(configuration);
            graph.init(values, false);
            graph.paramTable().forEach((name, value) -> value.assign(whole.getParam(name)));
            return new GraphStart(Optional.of(values));
        }
    }

    /** {@return whether the values come from a trained graph} */
    public boolean isGiven() {
        return given.isPresent();
    }

    /**
     * {@return how the start is written}
     */
    @JsonValue
    String json() {
        return JSON;
    }

    /**
     * {@return a start that is drawn}
     *
     * @param json how it was written
     */
    @JsonCreator
    static GraphStart fromJson(String json) {
        if (!JSON.equals(json)) {
            throw new IllegalArgumentException("graph: start \"" + json + "\"; it must be \"" + JSON + "\"");
        }
        return DRAWN;
    }

    /** {@return all parameters of the graph in DL4J's order, a row} */
    INDArray values(String configuration, Seed seed) {
        return given.orElseGet(() -> draw(configuration, seed));
    }

    /**
     * DL4J draws from a generator that each thread has of its own, and seeds it; on a thread made for this, that is
     * nobody else's.
     */
    private static INDArray draw(String json, Seed seed) {
        FutureTask<INDArray> drawing = new FutureTask<>(() -> {
            ComputationGraphConfiguration configuration = GraphJson.parse(json);
            configuration.getDefaultConfiguration().setSeed(seed.value());
            configuration.setDataType(DataType.FLOAT);
            ComputationGraph graph = new ComputationGraph(configuration);
            graph.init();
            return graph.params();
        });
        Thread thread = new Thread(drawing, "mtl4j-graph-start");
        thread.start();
        try {
            return drawing.get();
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(
                    "graph: DL4J cannot initialise it: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the parameters of a graph were drawn", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GraphStart that && given.equals(that.given);
    }

    @Override
    public int hashCode() {
        return Objects.hash(given.isPresent());
    }

    @Override
    public String toString() {
        return isGiven() ? "given" : JSON;
    }
}
