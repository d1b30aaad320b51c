package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GraphAttentionTest {

    private static GraphAttention attention(int units, int heads) {
        return new GraphAttention(units, heads, Activation.IDENTITY, 0, Initializer.ONES);
    }

    /** Node 0 hears itself and node 1; with a1 = 0 and a2 = 1, the scores are 1 and -0.2 of -1. */
    @Test
    void equalsThePathOfThreeNodesComputedByHand() {
        LayerRun run = new LayerRun(attention(1, 1), Shape.sequence(1), DataType.DOUBLE);
        run.value("W").assign(1);
        run.value("a").assign(Nd4j.create(new double[][] {{0}, {1}}));
        run.value("b").assign(0);
        INDArray path = Nd4j.create(new double[][][] {{{0, 7, 0}, {7, 0, 7}, {0, 7, 0}}});
        INDArray y = run.forward(Nd4j.create(new double[][][] {{{1}, {-1}, {2}}}), null, path);
        double e0 = Math.exp(1);
        double e1 = Math.exp(-0.2);
        double e2 = Math.exp(2);
        double[] expected = {(e0 - e1) / (e0 + e1), (e0 - e1 + 2 * e2) / (e0 + e1 + e2), (-e1 + 2 * e2) / (e1 + e2)};
        assertArrayEquals(expected, y.data().asDouble(), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void equalsTheFormulaWrittenOut(int heads) {
        LayerRun run = new LayerRun(attention(6, heads), Shape.sequence(3), DataType.DOUBLE);
        INDArray x = GradientCheck.array(GradientCheck.random(4), 1, 2, 5, 3);
        double[][] edges = {{0, 1, 0, 0, 1}, {1, 0, 0, 1, 0}, {0, 0, 1, 0, 0}, {0, 0.5, 0, 0, 0}, {1, 0, 0, 0, 0}};
        INDArray y = run.forward(x, null, Nd4j.create(new double[][][] {edges, edges}));
        for (int b = 0; b < 2; b++) {
            double[][] expected = reference(x.slice(b).toDoubleMatrix(), edges, run, heads);
            for (int i = 0; i < 5; i++) {
                assertArrayEquals(expected[i], y.slice(b).getRow(i).toDoubleVector(), 1e-13);
            }
        }
    }

    private static double[][] reference(double[][] x, double[][] edges, LayerRun run, int heads) {
        double[][] h = Nd4j.create(x).mmul(run.value("W")).toDoubleMatrix();
        double[][] a = run.value("a").toDoubleMatrix();
        double[] b = run.value("b").toDoubleVector();
        double[][] y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            y[i] = b.clone();
            for (int head = 0; head < heads; head++) {
                int from = head * b.length / heads;
                int to = (head + 1) * b.length / heads;
                double[] e = new double[x.length];
                double sum = 0;
                for (int j = 0; j < x.length; j++) {
                    double score = 0;
                    for (int u = from; u < to; u++) {
                        score += a[0][u] * h[i][u] + a[1][u] * h[j][u];
                    }
                    e[j] = i == j || edges[i][j] > 0 ? Math.exp(score > 0 ? score : 0.2 * score) : 0;
                    sum += e[j];
                }
                for (int j = 0; j < x.length; j++) {
                    for (int u = from; u < to; u++) {
                        y[i][u] += e[j] / sum * h[j][u];
                    }
                }
            }
        }
        return y;
    }

    @Test
    void refusalsNameTheRule() {
        assertEquals(
                "graph attention: 4 heads for 6 units; the number of heads must divide the number of units",
                assertThrows(IllegalArgumentException.class, () -> attention(6, 4))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> attention(0, 1));
        assertThrows(IllegalArgumentException.class, () -> attention(2, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GraphAttention(2, 1, Activation.IDENTITY, 1, Initializer.ONES));
    }
}
