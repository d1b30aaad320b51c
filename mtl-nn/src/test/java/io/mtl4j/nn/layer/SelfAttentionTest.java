package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SelfAttentionTest {

    private static final INDArray X = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, 6);

    private static SelfAttention attention(int heads, double dropout) {
        return new SelfAttention(heads, dropout, Initializer.GLOROT_UNIFORM);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6})
    void gradientsMatchFiniteDifferencesWithAndWithoutPaddingAndDropout(int heads) {
        GradientCheck.check(attention(heads, 0), Shape.sequence(6), X, null);
        GradientCheck.check(attention(heads, 0.3), Shape.sequence(6), X, Masks.mixed());
    }

    @Test
    void worksForSizesOfOneAndExamplesWithoutRealSteps() {
        GradientCheck.check(attention(1, 0), Shape.sequence(1), 1, 1, 1);
        GradientCheck.check(attention(2, 0), Shape.sequence(2), 3, 1, 2);
        LayerRun run = new LayerRun(attention(2, 0), Shape.sequence(6), DataType.FLOAT);
        INDArray y = run.forward(X.castTo(DataType.FLOAT), Masks.mask("00000", "11111", "10000", "11111"));
        assertTrue(Double.isFinite(y.sumNumber().doubleValue()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void equalsTheFormulaWrittenOut(int heads) {
        LayerRun run = new LayerRun(attention(heads, 0), Shape.sequence(6), DataType.DOUBLE);
        INDArray y = run.forward(X, Masks.mixed());
        for (int b = 0; b < 4; b++) {
            double[][] expected = reference(
                    X.slice(b).toDoubleMatrix(), Masks.mixed().getRow(b).toDoubleVector(), run, heads);
            for (int t = 0; t < 5; t++) {
                assertArrayEquals(expected[t], y.slice(b).getRow(t).toDoubleVector(), 1e-12);
            }
        }
    }

    private static double[][] reference(double[][] x, double[] mask, LayerRun run, int heads) {
        double[][] qkv =
                affine(x, run.value("W").toDoubleMatrix(), run.value("b").toDoubleVector());
        int n = x[0].length;
        int d = n / heads;
        double[][] joined = new double[x.length][n];
        for (int h = 0; h < heads; h++) {
            for (int t = 0; t < x.length; t++) {
                double[] e = new double[x.length];
                double sum = 0;
                for (int s = 0; s < x.length; s++) {
                    double dot = 0;
                    for (int i = 0; i < d; i++) {
                        dot += qkv[t][h * d + i] * qkv[s][n + h * d + i];
                    }
                    e[s] = mask[s] * Math.exp(dot / Math.sqrt(d));
                    sum += e[s];
                }
                for (int s = 0; s < x.length; s++) {
                    for (int i = 0; i < d; i++) {
                        joined[t][h * d + i] += e[s] / sum * qkv[s][2 * n + h * d + i];
                    }
                }
            }
        }
        return affine(joined, run.value("Wo").toDoubleMatrix(), run.value("bo").toDoubleVector());
    }

    private static double[][] affine(double[][] x, double[][] w, double[] b) {
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            y[t] = b.clone();
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < b.length; j++) {
                    y[t][j] += x[t][i] * w[i][j];
                }
            }
        }
        return y;
    }

    @Test
    void paddedExamplesGiveTheResultsOfTheSameExamplesWithoutPadding() {
        LayerRun run = new LayerRun(attention(2, 0), Shape.sequence(6), DataType.DOUBLE);
        INDArray other = X.dup();
        other.slice(0).getRow(4).assign(1e3);
        INDArray y = run.forward(other, Masks.mixed());
        for (int b = 0; b < 4; b++) {
            INDArray alone = run.forward(Masks.realSteps(X, Masks.mixed(), b), null);
            INDArray here = Masks.realSteps(y, Masks.mixed(), b);
            assertArrayEquals(
                    alone.dup('c').data().asDouble(), here.dup('c').data().asDouble(), 1e-13, "example " + b);
        }
    }

    @Test
    void largeScoresStayFinite() {
        LayerRun run = new LayerRun(attention(2, 0), Shape.sequence(6), DataType.FLOAT);
        INDArray y = run.forward(X.mul(1e3).castTo(DataType.FLOAT), null);
        assertTrue(Double.isFinite(y.sumNumber().doubleValue()));
    }

    @Test
    void refusalsNameTheRule() {
        assertEquals(
                "self-attention: 4 heads for 6 features; the number of heads must divide the number of features",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> attention(4, 0).bind(Shape.sequence(6), Binder.create()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> attention(1, 0).bind(Shape.tokens(6), Binder.create()));
        assertThrows(IllegalArgumentException.class, () -> attention(0, 0));
        assertThrows(IllegalArgumentException.class, () -> attention(1, 1));
    }
}
