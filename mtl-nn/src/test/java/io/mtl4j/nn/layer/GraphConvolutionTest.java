package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GraphConvolutionTest {

    private static LayerRun identity() {
        LayerSpec layer = new GraphConvolution(1, Activation.IDENTITY, Initializer.ONES);
        LayerRun run = new LayerRun(layer, Shape.sequence(1), DataType.DOUBLE);
        run.value("W").assign(1);
        run.value("b").assign(0);
        return run;
    }

    /** Degrees with the node itself: 2, 3 and 2. */
    @Test
    void equalsThePathOfThreeNodesComputedByHand() {
        INDArray path = Nd4j.create(new double[][][] {{{0, 1, 0}, {1, 0, 1}, {0, 1, 0}}});
        INDArray y = identity().forward(Nd4j.create(new double[][][] {{{1}, {10}, {100}}}), null, path);
        double root = Math.sqrt(6);
        double[] expected = {1 / 2.0 + 10 / root, 1 / root + 10 / 3.0 + 100 / root, 10 / root + 100 / 2.0};
        assertArrayEquals(expected, y.data().asDouble(), 1e-14);
    }

    /** Row sums with the node itself: 4 and 6; the loop of weight 2 adds to the node's own 1. */
    @Test
    void weightsAndLoopsCountAsTheFormulaSays() {
        INDArray edges = Nd4j.create(new double[][][] {{{0, 3}, {3, 2}}});
        INDArray y = identity().forward(Nd4j.create(new double[][][] {{{1}, {10}}}), null, edges);
        double root = Math.sqrt(24);
        double[] expected = {1 / 4.0 + 30 / root, 3 / root + 30 / 6.0};
        assertArrayEquals(expected, y.data().asDouble(), 1e-14);
    }

    @Test
    void withoutEdgesItIsADenseLayerOnEachNode() {
        INDArray x = GradientCheck.array(GradientCheck.random(2), 1, 2, 4, 3);
        LayerSpec layer = new GraphConvolution(5, Activation.RELU, Initializer.ONES);
        LayerSpec dense = new Dense(5, Activation.RELU, Initializer.ONES);
        INDArray y = new LayerRun(layer, Shape.sequence(3), DataType.DOUBLE)
                .forward(x, null, Nd4j.zeros(DataType.DOUBLE, 2, 4, 4));
        INDArray expected = new LayerRun(dense, Shape.sequence(3), DataType.DOUBLE).forward(x, null);
        assertArrayEquals(expected.data().asDouble(), y.data().asDouble(), 1e-14);
    }

    @Test
    void refusesLayersWithoutUnits() {
        assertEquals(
                "graph convolution: units = 0; it must be at least 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new GraphConvolution(0, Activation.RELU, Initializer.ONES))
                        .getMessage());
    }
}
