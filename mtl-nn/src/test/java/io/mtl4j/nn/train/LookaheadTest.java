package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.Network;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class LookaheadTest {

    private static final double RATE = 0.3;

    private final Network network = Fixtures.model(DataType.DOUBLE, Fixtures.dense(6), Fixtures.dense(4))
            .network();
    private final MultiTaskBatch training = Fixtures.batch(Fixtures.data(9, 6, DataType.DOUBLE));
    private final MultiTaskBatch heldOut = Fixtures.batch(Fixtures.data(12, 7, DataType.DOUBLE));
    private final Gradients gradients = network.newGradients();
    private final Gradients heldOutGradients = network.newGradients();
    private final Seed seed = new Seed(1);

    private double heldOutLossAfterStep(double[] weights, double[] priorities) {
        INDArray saved = network.store().flat().dup();
        network.forward(training, seed).weightedGradient(weights, gradients);
        network.store().flat().subi(gradients.flat().mul(RATE));
        double[] losses = network.forward(heldOut, seed).losses();
        network.store().flat().assign(saved);
        double sum = 0;
        for (int k = 0; k < losses.length; k++) {
            sum += priorities[k] * losses[k];
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"FINITE_DIFFERENCES, 1e-3", "EXACT, 1e-7"})
    void hypergradientIsTheDerivativeOfTheHeldOutLossAfterOneStep(Hypergradients kind, double tolerance) {
        double[] weights = {0.8, 1.2, 0.5};
        double[] priorities = {1, 0.5, 2};
        INDArray before = network.store().flat().dup();
        BatchPass pass = network.forward(training, seed);
        double[] got = lookahead(kind, pass).hypergradient(weights, priorities);
        assertEquals(before, network.store().flat());
        double step = 1e-4;
        for (int k = 0; k < 3; k++) {
            double[] up = weights.clone();
            up[k] += step;
            double[] down = weights.clone();
            down[k] -= step;
            double expected =
                    (heldOutLossAfterStep(up, priorities) - heldOutLossAfterStep(down, priorities)) / (2 * step);
            assertEquals(expected, got[k], tolerance * Math.abs(expected), "task " + k);
        }
    }

    private VirtualSteps lookahead(BatchPass pass) {
        return lookahead(Hypergradients.FINITE_DIFFERENCES, pass);
    }

    private VirtualSteps lookahead(Hypergradients kind, BatchPass pass) {
        return new VirtualSteps(kind, network, gradients, () -> heldOutGradients, pass, training, heldOut, seed, RATE);
    }

    @ParameterizedTest
    @EnumSource(Hypergradients.class)
    void severalHypergradientsAreThoseOneAfterTheOther(Hypergradients kind) {
        double[] weights = {0.8, 1.2, 0.5};
        double[][] priorities = {{1, 0, 0}, {0, 1, 0}, {0.3, 0, 2}};
        INDArray before = network.store().flat().dup();
        double[][] got = lookahead(kind, network.forward(training, seed)).hypergradients(weights, priorities);
        assertEquals(before, network.store().flat());
        for (int m = 0; m < 3; m++) {
            double[] alone = lookahead(kind, network.forward(training, seed)).hypergradient(weights, priorities[m]);
            assertArrayEquals(alone, got[m], 1e-12);
        }
    }

    @Test
    void tasksWithoutLabelsHaveNoHypergradient() {
        MultiTaskBatch part = new MultiTaskBatch(training.sources(), Set.of("two"));
        BatchPass pass = network.forward(part, seed);
        VirtualSteps steps = new VirtualSteps(
                Hypergradients.EXACT, network, gradients, () -> heldOutGradients, pass, part, heldOut, seed, RATE);
        double[] got = steps.hypergradient(new double[] {1, 0, 1}, new double[] {1, 1, 1});
        assertTrue(got[0] != 0 && got[1] == 0 && got[2] != 0, Arrays.toString(got));
    }

    @Test
    void lossesAfterSomeStepsAreThoseOfStepsTaken() {
        double[] weights = {0.8, 1.2, 0.5};
        INDArray before = network.store().flat().dup();
        double[] got = lookahead(network.forward(training, seed)).lossesAfter(weights, 3);
        assertEquals(before, network.store().flat());
        for (int i = 0; i < 3; i++) {
            network.forward(training, seed).weightedGradient(weights, gradients);
            network.store().flat().subi(gradients.flat().mul(RATE));
        }
        assertArrayEquals(network.forward(training, seed).losses(), got, 1e-12);
    }

    @Test
    void productsAreThoseOfTheWholeGradients() {
        double[] weights = {0.8, 1.2, 0.5};
        INDArray before = network.store().flat().dup();
        double[][] got = lookahead(network.forward(training, seed)).heldOutProducts(weights);
        assertEquals(before, network.store().flat());
        INDArray[] rows = new INDArray[4];
        for (int k = 0; k < 4; k++) {
            double[] only = new double[3];
            if (k < 3) {
                only[k] = 1;
            }
            network.forward(k < 3 ? heldOut : training, seed).weightedGradient(k < 3 ? only : weights, gradients);
            rows[k] = gradients.flat().dup();
        }
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(rows[i].mul(rows[j]).sumNumber().doubleValue(), got[i][j], 1e-12);
            }
        }
    }

    @Test
    void heldOutGradientsAreAddedWithTheirWeights() {
        double[] weights = {0.8, 1.2, 0.5};
        double[] shares = {0.3, 2, 0};
        BatchPass pass = network.forward(training, seed);
        VirtualSteps lookahead = lookahead(pass);
        lookahead.heldOutProducts(weights);
        network.forward(heldOut, seed).weightedGradient(shares, gradients);
        INDArray expected = gradients.flat().dup();
        pass.weightedGradient(weights, gradients);
        expected.addi(gradients.flat());
        lookahead.addHeldOut(shares, gradients);
        assertTrue(expected.equalsWithEps(gradients.flat(), 1e-12));
    }
}
