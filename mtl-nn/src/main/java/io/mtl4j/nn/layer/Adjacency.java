package io.mtl4j.nn.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What {@link NodeLayer}s make of the edges. */
final class Adjacency {

    /** As that of {@link AttentionWeights}: nothing is left of it after the softmax, in single precision too. */
    private static final double EXCLUDED = -1e9;

    private Adjacency() {}

    /**
     * {@return {@code D^-1/2 (A + I) D^-1/2} with the row sums D of {@code A + I}, a new array}
     *
     * @param x the nodes
     * @param pass has the edges
     * @param layer the layer, for messages
     */
    static INDArray normalized(INDArray x, Pass pass, String layer) {
        INDArray edges = withSelf(x, pass, layer);
        long[] column = {edges.size(0), edges.size(1), 1};
        INDArray ones = Nd4j.valueArrayOf(column, 1.0, edges.dataType());
        INDArray degrees = Nd4j.createUninitialized(edges.dataType(), column);
        MatMul.into(edges, false, ones, false, degrees);
        return scaleBothSides(edges, Transforms.sqrt(degrees.rdivi(1), false));
    }

    /**
     * {@return {@code [batch, 1, nodes, nodes]}: 0 where a node listens to another or to itself, a large negative number
     * elsewhere}
     *
     * @param x the nodes
     * @param pass has the edges
     * @param layer the layer, for messages
     */
    static INDArray exclusion(INDArray x, Pass pass, String layer) {
        INDArray edges = withSelf(x, pass, layer);
        Nd4j.getExecutioner().exec(new Step(edges, edges, 0));
        return edges.rsubi(1).muli(EXCLUDED).reshape('c', edges.size(0), 1, edges.size(1), edges.size(2));
    }

    /** A + I without the edges of padding. */
    private static INDArray withSelf(INDArray x, Pass pass, String layer) {
        INDArray edges = check(x, pass.relations(), layer);
        long nodes = x.size(1);
        if (pass.mask() != null) {
            INDArray real = pass.mask().castTo(edges.dataType()).reshape('c', x.size(0), nodes, 1);
            edges = scaleBothSides(edges.dup('c'), real);
        }
        INDArray self = Nd4j.eye(nodes).castTo(edges.dataType()).reshape('c', 1, nodes, nodes);
        INDArray sum = Nd4j.createUninitialized(edges.dataType(), edges.shape());
        return Sums.into(edges, self, sum);
    }

    private static INDArray check(INDArray x, INDArray edges, String layer) {
        if (edges == null) {
            throw new IllegalStateException(layer + ": the examples come without edges; give their adjacency [batch,"
                    + " nodes, nodes], with GraphSource or as the relations of a SourceBatch");
        }
        long[] wanted = {x.size(0), x.size(1), x.size(1)};
        if (!Arrays.equals(edges.shape(), wanted)) {
            throw new IllegalArgumentException(layer + ": adjacency of shape " + Arrays.toString(edges.shape())
                    + " for nodes of shape " + Arrays.toString(x.shape()) + "; it must be " + Arrays.toString(wanted));
        }
        double least = edges.minNumber().doubleValue();
        if (least < 0) {
            throw new IllegalArgumentException(
                    layer + ": an edge has weight " + least + "; weights must be at least 0, and 0 is no edge");
        }
        return edges;
    }

    /** Overwrites the edges with {@code s_i A_ij s_j}, for s {@code [batch, nodes, 1]}. */
    private static INDArray scaleBothSides(INDArray edges, INDArray s) {
        multiply(edges, s);
        return multiply(edges, s.reshape('c', s.size(0), 1, s.size(1)));
    }

    private static INDArray multiply(INDArray a, INDArray b) {
        Nd4j.exec(DynamicCustomOp.builder("multiply")
                .addInputs(a, b)
                .addOutputs(a)
                .build());
        return a;
    }
}
