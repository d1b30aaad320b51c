package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LayerNormTest {

    @Test
    void gradientsMatchFiniteDifferences() {
        GradientCheck.check(new LayerNorm(), Shape.vector(4), 5, 4);
        GradientCheck.check(new LayerNorm(0.1), Shape.sequence(3), 2, 4, 3);
        GradientCheck.check(new LayerNorm(0.5), Shape.sequence(2), 1, 1, 2);
        GradientCheck.check(new LayerNorm(0.5), Shape.vector(1), 3, 1);
    }

    @Test
    void equalsItsFormula() {
        INDArray x = GradientCheck.array(GradientCheck.random(2), 3, 4, 6).addi(10);
        LayerRun run = new LayerRun(new LayerNorm(1e-3), Shape.vector(6), DataType.DOUBLE);
        INDArray y = run.forward(x, null);
        for (int i = 0; i < 4; i++) {
            double[] row = x.getRow(i).toDoubleVector();
            double mean = java.util.Arrays.stream(row).sum() / 6;
            double variance = java.util.Arrays.stream(row)
                            .map(v -> (v - mean) * (v - mean))
                            .sum()
                    / 6;
            for (int j = 0; j < 6; j++) {
                double expected = (row[j] - mean)
                                / Math.sqrt(variance + 1e-3)
                                * run.value("scale").getDouble(j)
                        + run.value("offset").getDouble(j);
                assertEquals(expected, y.getDouble(i, j), 1e-12);
            }
        }
    }

    @Test
    void staysFiniteOnEqualFeaturesAndExactForLargeMeans() {
        LayerRun run = new LayerRun(new LayerNorm(), Shape.vector(3), DataType.FLOAT);
        INDArray y = run.forward(Nd4j.valueArrayOf(new long[] {2, 3}, 5f, DataType.FLOAT), null);
        assertEquals(run.value("offset"), y.getRow(0));
        run.value("scale").assign(1);
        run.value("offset").assign(0);
        INDArray shifted = run.forward(Nd4j.createFromArray(new float[][] {{4095, 4096, 4097}}), null);
        assertEquals(-1.2247, shifted.getDouble(0, 0), 1e-3);
    }

    @Test
    void refusesWhatHasNoFeatureVectorsAndComputesNoUnwantedGradient() {
        assertEquals(
                "layer norm: input is tokens(3); it takes vectors or sequences of feature vectors",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new LayerNorm().bind(Shape.tokens(3), Binder.create()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LayerNorm(0));
        assertThrows(IllegalArgumentException.class, () -> new LayerNorm(Double.NaN));
        Binder binder = Binder.create().dataInput(true);
        Layer layer = new LayerNorm().bind(Shape.vector(2), binder);
        INDArray[] two = {Nd4j.ones(2), Nd4j.ones(2)};
        Pass pass = new Pass(two, new INDArray[0], binder.slots(), null, null, false);
        pass.collectGradients(new INDArray[] {Nd4j.ones(2), Nd4j.ones(2)});
        assertNull(layer.backward(layer.forward(Nd4j.ones(3, 2), pass), pass));
    }
}
