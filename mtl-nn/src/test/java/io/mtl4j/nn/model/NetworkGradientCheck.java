package io.mtl4j.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Slopes;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares the gradient of a network's weighted losses with central finite differences, in double precision. */
public final class NetworkGradientCheck {

    private static final Seed SEED = new Seed(1);

    private NetworkGradientCheck() {}

    /** Checks some elements all over the parameters, about so many, or all if there are fewer. */
    public static void check(Network network, MultiTaskBatch batch, int elements, double... weights) {
        Gradients gradients = network.newGradients();
        network.forward(batch, SEED).weightedGradient(weights, gradients);
        INDArray flat = network.store().flat();
        long stride = Math.max(1, flat.length() / elements);
        for (long i = 0; i < flat.length(); i += stride) {
            double slope = Slopes.of(() -> sum(network.forward(batch, SEED).losses(), weights), flat, i);
            assertEquals(slope, gradients.flat().getDouble(i), 1e-6 * Math.max(1, Math.abs(slope)), "at " + i);
        }
    }

    private static double sum(double[] losses, double[] weights) {
        double sum = 0;
        for (int k = 0; k < losses.length; k++) {
            sum += weights[k] * losses[k];
        }
        return sum;
    }
}
