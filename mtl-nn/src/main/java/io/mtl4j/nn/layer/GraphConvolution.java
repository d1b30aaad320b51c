package io.mtl4j.nn.layer;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph convolution (Kipf and Welling, ICLR 2017, equations 2 and 8) on nodes {@code X [batch, nodes, features]} with
 * edges A {@code [batch, nodes, nodes]}:
 *
 * <pre>
 * Y = f(D^-1/2 (A + I) D^-1/2 X W + b)
 * </pre>
 *
 * <p>D has the row sums of {@code A + I} in its diagonal, so edges may have weights; an edge of a node to itself adds to the
 * I. A node without edges keeps to itself. The paper has undirected graphs and no bias; of directed ones, row i says whom
 * node i listens to. The product with the edges comes first, where it is the cheapest if nodes have fewer features than the
 * layer has units.
 *
 * @param units number of features of a node that come out
 * @param activation f
 * @param initializer how {@code W [features, units]} starts; {@code b} starts at 0
 */
public record GraphConvolution(int units, Activation activation, Initializer initializer) implements NodeLayer {

    private static final String NAME = "graph convolution";

    /** Checks the values. */
    public GraphConvolution {
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(initializer, "initializer");
        if (units < 1) {
            throw new IllegalArgumentException(NAME + ": units = " + units + "; it must be at least 1");
        }
    }

    @Override
    public NodeLayer withActivation(Activation function) {
        return new GraphConvolution(units, function, initializer);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        NodeLayer.features(input, NAME);
        Layer onEachNode = new Dense(units, activation, initializer).bind(input, binder);
        return new Bound(onEachNode, binder.slot(), binder.inputNeedsGradient());
    }

    /** The edges and the weights act on different dimensions, so a dense layer may follow the sums over neighbours. */
    private record Bound(Layer onEachNode, Slot<INDArray> edges, boolean needsGradient) implements Layer {

        @Override
        public Shape outputShape() {
            return onEachNode.outputShape();
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray normalized = Adjacency.normalized(x, pass, NAME);
            pass.save(edges, normalized);
            INDArray sums = Nd4j.createUninitialized(x.dataType(), x.shape());
            return onEachNode.forward(MatMul.into(normalized, false, x, false, sums), pass);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray sums = onEachNode.backward(gradient, pass);
            if (!needsGradient) {
                return null;
            }
            INDArray dx = Nd4j.createUninitialized(sums.dataType(), sums.shape());
            return MatMul.into(pass.load(edges), true, sums, false, dx);
        }
    }
}
