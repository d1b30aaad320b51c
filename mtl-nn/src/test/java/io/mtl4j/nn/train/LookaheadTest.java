package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.Network;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class LookaheadTest {

    private static final double RATE = 0.3;

    private final Network network = Fixtures.model(DataType.DOUBLE, Fixtures.dense(6), Fixtures.dense(4))
            .network();
    private final MultiTaskBatch training = Fixtures.batch(Fixtures.data(9, 6, DataType.DOUBLE));
    private final MultiTaskBatch heldOut = Fixtures.batch(Fixtures.data(12, 7, DataType.DOUBLE));
    private final Gradients gradients = network.newGradients();
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

    @Test
    void hypergradientIsTheDerivativeOfTheHeldOutLossAfterOneStep() {
        double[] weights = {0.8, 1.2, 0.5};
        double[] priorities = {1, 0.5, 2};
        INDArray before = network.store().flat().dup();
        BatchPass pass = network.forward(training, seed);
        double[] got = new FiniteDifferenceLookahead(network, gradients, pass, training, heldOut, seed, RATE)
                .hypergradient(weights, priorities);
        assertEquals(before, network.store().flat());
        double step = 1e-4;
        for (int k = 0; k < 3; k++) {
            double[] up = weights.clone();
            up[k] += step;
            double[] down = weights.clone();
            down[k] -= step;
            double expected =
                    (heldOutLossAfterStep(up, priorities) - heldOutLossAfterStep(down, priorities)) / (2 * step);
            assertEquals(expected, got[k], 1e-3 * Math.abs(expected), "task " + k);
        }
    }
}
