package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.StartValues;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Declares the parameters of a graph, one for each array that DL4J's layers name, in the order of its flat vector. */
final class GraphDeclaration {

    private static final Set<String> STATISTICS = Set.of(
            BatchNormalizationParamInitializer.GLOBAL_MEAN,
            BatchNormalizationParamInitializer.GLOBAL_VAR,
            BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

    private final GraphPlan plan;
    private final Binder binder;
    private final int firstIndex;
    private SoftReference<Drawn> drawn = new SoftReference<>(null);

    private record Drawn(Seed seed, INDArray values) {}

    /** An array of a layer: its place in the flat vector, and whose it is. */
    private record Place(GraphVertex vertex, String key, long from, long length) {}

    GraphDeclaration(GraphPlan plan, Binder binder) {
        this.plan = plan;
        this.binder = binder;
        this.firstIndex = binder.parameters().size();
    }

    GraphLayer layer() {
        GraphReplica template;
        INDArray flat;
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            flat = Nd4j.create(DataType.FLOAT, 1, plan.length());
            template = new GraphReplica(plan.json(), flat);
        }
        List<GraphSegment> segments = new ArrayList<>();
        for (Place place : places(template, flat.offset())) {
            segments.add(declare(place));
        }
        describe(template);
        String output = plan.outputName();
        InputType outputType = outputType(template, plan.types().get(output));
        return new GraphLayer(
                plan,
                GraphFormats.shape(outputType, output),
                plan.types().get(plan.inputName()),
                outputType,
                List.copyOf(segments),
                new GraphReplicas(plan.json(), segments, plan.length()),
                GraphTraits.of(GraphJson.parse(plan.json())),
                binder);
    }

    /** DL4J's types are wrong where a layer ends the time dimension, so two sequences are run to see what comes out. */
    private InputType outputType(GraphReplica template, InputType declared) {
        InputType input = plan.types().get(plan.inputName());
        if (!(input instanceof InputTypeRecurrent)) {
            return declared;
        }
        boolean tokens = plan.input() instanceof Shape.Tokens;
        INDArray two = tokens
                ? Nd4j.zeros(DataType.FLOAT, 2, 3)
                : Nd4j.zeros(DataType.FLOAT, 2, 3, plan.input().dimensions()[1]);
        INDArray y = template.forward(new GraphRun(GraphFormats.toGraph(two, input), null, false, 0));
        if (y.size(0) != 2) {
            throw new IllegalArgumentException("graph: " + y.size(0) + " outputs for 2 sequences of 3 steps;"
                    + " if a dense layer follows a recurrent one, let a PreprocessorVertex with a"
                    + " FeedForwardToRnnPreProcessor make sequences of its output, or cut the graph before it");
        }
        return y.rank() == 2 ? InputType.feedForward(y.size(1)) : declared;
    }

    private List<Place> places(GraphReplica template, long origin) {
        List<Place> places = new ArrayList<>();
        for (GraphVertex vertex : template.vertices()) {
            Map<String, INDArray> table = vertex.numParams() == 0 ? Map.of() : vertex.paramTable(false);
            table.forEach(
                    (key, view) -> places.add(new Place(vertex, key, view.data().offset() - origin, view.length())));
        }
        places.sort(Comparator.comparingLong(Place::from));
        long end = 0;
        for (Place place : places) {
            if (place.from() != end) {
                throw new IllegalArgumentException("graph: vertex \""
                        + place.vertex().getVertexName() + "\" shares its parameters with another vertex;"
                        + " an encoder's layers must each have their own");
            }
            end += place.length();
        }
        return places;
    }

    private GraphSegment declare(Place place) {
        Binder scope = binder.child(place.vertex().getVertexName());
        StartValues start = seed -> GraphVectors.part(values(seed), place.from(), place.length());
        Layer layer = configuration(place.vertex());
        if (layer instanceof BatchNormalization && STATISTICS.contains(place.key())) {
            return new GraphSegment(
                    place.from(), place.length(), null, scope.buffer(place.key(), start, place.length()));
        }
        boolean fixed = plan.encoder().frozen() || GraphReplica.isFixed(place.vertex());
        boolean bias = fixed || (layer != null && !layer.initializer().isWeightParam(layer, place.key()));
        return new GraphSegment(
                place.from(),
                place.length(),
                bias
                        ? scope.bias(place.key(), start, place.length())
                        : regularized(scope, layer, place.key()).weight(place.key(), start, place.length()),
                null);
    }

    private static Layer configuration(GraphVertex vertex) {
        return vertex.hasLayer() ? vertex.getLayer().conf().getLayer() : null;
    }

    /** The coefficients of the graph's own configuration; those of the model where it has none. */
    private static Binder regularized(Binder scope, Layer layer, String key) {
        List<Regularization> all = layer == null ? null : layer.getRegularizationByParam(key);
        double l1 = 0;
        double l2 = 0;
        for (Regularization regularization : all == null ? List.<Regularization>of() : all) {
            if (regularization instanceof L1Regularization l) {
                l1 += l.getL1().valueAt(0, 0);
            } else if (regularization instanceof L2Regularization l) {
                l2 += l.getL2().valueAt(0, 0);
            }
        }
        return l1 == 0 && l2 == 0 ? scope : scope.regularized(l1, l2);
    }

    private void describe(GraphReplica template) {
        for (int index : template.order()) {
            GraphVertex vertex = template.vertices()[index];
            InputType type = plan.types().get(vertex.getVertexName());
            if (vertex.hasLayer() && type.getType() != InputType.Type.CNN3D) {
                Shape shape = GraphFormats.shape(type, vertex.getVertexName());
                binder.child(vertex.getVertexName())
                        .describe(configuration(vertex).getClass().getSimpleName(), shape);
            }
        }
    }

    /** All start values; what was drawn is kept for the next parameter as long as memory is not short. */
    private INDArray values(Seed model) {
        Drawn last = drawn.get();
        if (last != null && last.seed().equals(model)) {
            return last.values();
        }
        INDArray values = plan.encoder().start().values(plan.json(), model.child(firstIndex));
        if (values.length() != plan.length()) {
            throw new IllegalArgumentException("graph: " + values.length() + " values to start " + plan.length()
                    + " parameters with; give the values of a graph with the same configuration");
        }
        drawn = new SoftReference<>(new Drawn(model, values));
        return values;
    }
}
