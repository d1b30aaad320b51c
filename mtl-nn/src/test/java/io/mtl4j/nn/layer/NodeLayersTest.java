package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NodeLayersTest {

    private static final INDArray X = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, 3);

    static Stream<NodeLayer> layers() {
        return Stream.of(
                new GraphConvolution(4, Activation.TANH, Initializer.GLOROT_UNIFORM),
                new GraphConvolution(2, Activation.IDENTITY, Initializer.GLOROT_UNIFORM),
                new GraphAttention(4, 1, Activation.IDENTITY, 0, Initializer.GLOROT_UNIFORM),
                new GraphAttention(6, 2, Activation.TANH, 0, Initializer.GLOROT_UNIFORM),
                new GraphAttention(6, 3, Activation.SWISH, 0, Initializer.GLOROT_UNIFORM));
    }

    /** One example each: weights and a loop, no edge at all, a directed ring, and a node without edges. */
    private static INDArray edges() {
        return Nd4j.create(new double[][][] {
            {{0, 2, 0.5, 0, 1}, {2, 0, 0, 0, 0}, {0.5, 0, 1, 3, 0}, {0, 0, 3, 0, 0}, {1, 0, 0, 0, 0}},
            new double[5][5],
            {{0, 1, 0, 0, 0}, {0, 0, 1, 0, 0}, {0, 0, 0, 1, 0}, {0, 0, 0, 0, 1}, {1, 0, 0, 0, 0}},
            {{0, 1, 1, 0, 0}, {1, 0, 1, 0, 0}, {1, 1, 0, 0, 1}, {0, 0, 0, 0, 0}, {0, 0, 1, 0, 0}}
        });
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsMatchFiniteDifferencesWithAndWithoutPadding(NodeLayer layer) {
        GradientCheck.check(layer, Shape.sequence(3), X, null, edges());
        GradientCheck.check(layer, Shape.sequence(3), X, Masks.mixed(), edges());
        INDArray one = Nd4j.ones(DataType.DOUBLE, 1, 1, 1);
        GradientCheck.check(layer, Shape.sequence(1), one, null, one);
    }

    @Test
    void gradientsMatchFiniteDifferencesWithDropoutOfAttention() {
        NodeLayer layer = new GraphAttention(4, 2, Activation.IDENTITY, 0.4, Initializer.GLOROT_UNIFORM);
        GradientCheck.check(layer, Shape.sequence(3), X, Masks.mixed(), edges());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void anotherOrderOfNodesGivesTheSameInThatOrder(NodeLayer layer) {
        LayerRun run = new LayerRun(layer, Shape.sequence(3), DataType.DOUBLE);
        int[] order = {3, 0, 4, 2, 1};
        INDArray edges = edges();
        INDArray y = run.forward(X, null, edges);
        INDArray otherX = X.ulike();
        INDArray otherEdges = edges.ulike();
        for (int b = 0; b < 4; b++) {
            for (int i = 0; i < 5; i++) {
                for (int f = 0; f < 3; f++) {
                    otherX.putScalar(b, i, f, X.getDouble(b, order[i], f));
                }
                for (int j = 0; j < 5; j++) {
                    otherEdges.putScalar(b, i, j, edges.getDouble(b, order[i], order[j]));
                }
            }
        }
        INDArray other = run.forward(otherX, null, otherEdges);
        for (int b = 0; b < 4; b++) {
            for (int i = 0; i < 5; i++) {
                assertArrayEquals(
                        y.slice(b).getRow(order[i]).toDoubleVector(),
                        other.slice(b).getRow(i).toDoubleVector(),
                        1e-13);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void paddingDoesNotMatterWhateverItsEdgesSay(NodeLayer layer) {
        LayerRun run = new LayerRun(layer, Shape.sequence(3), DataType.DOUBLE);
        INDArray x = X.dup();
        INDArray edges = edges();
        INDArray mask = Masks.mixed();
        List<int[]> real = List.of(new int[] {0, 1, 2}, new int[] {2, 3, 4}, new int[] {0, 3, 4});
        for (int b = 0; b < 3; b++) {
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 5; j++) {
                    if (mask.getDouble(b, i) * mask.getDouble(b, j) == 0) {
                        edges.putScalar(b, i, j, 9);
                        x.slice(b).getRow(mask.getDouble(b, i) == 0 ? i : j).assign(1e3);
                    }
                }
            }
        }
        INDArray y = run.forward(x, mask, edges);
        for (int b = 0; b < 3; b++) {
            INDArray smaller = Nd4j.create(DataType.DOUBLE, 1, 3, 3);
            int[] nodes = real.get(b);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    smaller.putScalar(0, i, j, edges.getDouble(b, nodes[i], nodes[j]));
                }
            }
            INDArray alone = run.forward(Masks.realSteps(X, mask, b), null, smaller);
            assertArrayEquals(
                    alone.dup('c').data().asDouble(),
                    Masks.realSteps(y, mask, b).dup('c').data().asDouble(),
                    1e-13,
                    "example " + b);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void singlePrecisionAgreesAndStaysFinite(NodeLayer layer) {
        LayerRun exact = new LayerRun(layer, Shape.sequence(3), DataType.DOUBLE);
        LayerRun single = new LayerRun(layer, Shape.sequence(3), DataType.FLOAT);
        INDArray mask = Masks.mask("00000", "11111", "10111", "00011");
        INDArray y = exact.forward(X, mask, edges());
        close(y, single.forward(X.castTo(DataType.FLOAT), mask, edges().castTo(DataType.FLOAT)));
        INDArray r = GradientCheck.array(GradientCheck.random(5), 1, y.shape());
        close(exact.backward(r), single.backward(r.castTo(DataType.FLOAT)));
        for (Parameter p : exact.binder().parameters()) {
            close(exact.gradient(p.name()), single.gradient(p.name()));
        }
        INDArray large = single.forward(X.mul(1e3).castTo(DataType.FLOAT), mask, edges().castTo(DataType.FLOAT));
        assertTrue(Double.isFinite(large.sumNumber().doubleValue()));
    }

    private static void close(INDArray exact, INDArray single) {
        assertEquals(DataType.FLOAT, single.dataType());
        assertEquals(0, exact.sub(single.castTo(DataType.DOUBLE)).amaxNumber().doubleValue(), 2e-5);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void refusalsNameTheCure(NodeLayer layer) {
        LayerRun run = new LayerRun(layer, Shape.sequence(3), DataType.DOUBLE);
        String name = layer instanceof GraphConvolution ? "graph convolution" : "graph attention";
        assertEquals(
                name + ": the examples come without edges; give their adjacency [batch, nodes, nodes], with"
                        + " GraphSource or as the relations of a SourceBatch",
                assertThrows(IllegalStateException.class, () -> run.forward(X, null))
                        .getMessage());
        assertEquals(
                name + ": adjacency of shape [4, 4, 4] for nodes of shape [4, 5, 3]; it must be [4, 5, 5]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> run.forward(X, null, Nd4j.ones(DataType.DOUBLE, 4, 4, 4)))
                        .getMessage());
        INDArray negative = edges();
        negative.putScalar(0, 1, 2, -0.5);
        assertEquals(
                name + ": an edge has weight -0.5; weights must be at least 0, and 0 is no edge",
                assertThrows(IllegalArgumentException.class, () -> run.forward(X, null, negative))
                        .getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> layer.bind(Shape.vector(3), Binder.create()))
                .getMessage()
                .contains("it takes the nodes of graphs"));
    }
}
