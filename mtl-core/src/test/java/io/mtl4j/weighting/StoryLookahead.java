package io.mtl4j.weighting;

import io.mtl4j.step.Lookahead;
import java.util.Arrays;

/** The held-out losses are {@code V_k(θ) = <h_k, θ> + |θ|²/2}, the training losses are linear, and θ = 0. */
record StoryLookahead(double rate, double[] losses, double[][] gradients, double[][] heldOut) implements Lookahead {

    private static double[] sum(double[] weights, double[][] rows) {
        double[] sum = new double[rows[0].length];
        for (int k = 0; k < weights.length; k++) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += weights[k] * rows[k][c];
            }
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double dot = 0;
        for (int c = 0; c < a.length; c++) {
            dot += a[c] * b[c];
        }
        return dot;
    }

    @Override
    public double[] hypergradient(double[] weights, double[] priorities) {
        double[] moved = sum(weights, gradients);
        double[] slope = sum(priorities, heldOut);
        double total = Arrays.stream(priorities).sum();
        for (int c = 0; c < slope.length; c++) {
            slope[c] -= total * rate * moved[c];
        }
        return Arrays.stream(gradients).mapToDouble(g -> -rate * dot(slope, g)).toArray();
    }

    @Override
    public double[] lossesAfter(double[] weights, int steps) {
        double[] moved = sum(weights, gradients);
        double[] after = new double[losses.length];
        for (int k = 0; k < after.length; k++) {
            after[k] = losses[k] - steps * rate * dot(gradients[k], moved);
        }
        return after;
    }

    @Override
    public double[] lossesAfterSharedStep(double[] weights) {
        return lossesAfter(weights, 1);
    }

    @Override
    public double[][] heldOutProducts(double[] weights) {
        double[][] rows = Arrays.copyOf(heldOut, heldOut.length + 1);
        rows[heldOut.length] = sum(weights, gradients);
        double[][] products = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            products[i] =
                    Arrays.stream(rows).mapToDouble(other -> dot(row, other)).toArray();
        }
        return products;
    }
}
