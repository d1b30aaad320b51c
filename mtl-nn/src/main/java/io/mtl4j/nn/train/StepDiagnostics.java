package io.mtl4j.nn.train;

import java.util.Arrays;

/**
 * What a {@link GradientDiagnostics} saw of one step; arrays are in the order of the model's tasks.
 *
 * @param epoch the epoch, from 0
 * @param step the step within the epoch, from 0
 * @param losses mean losses {@code [K]}; NaN for tasks without labels in the step
 * @param weights the weights with which the tasks' gradients entered the update, {@code [K]}; NaN where there are none
 * @param norms Euclidean norms of the tasks' gradients, {@code [K]}; empty in steps that computed none
 * @param cosines cosine of the angle between each two tasks' gradients, {@code [K][K]}, NaN where one is zero or its task
 *     absent; empty in steps that computed none
 */
public record StepDiagnostics(
        int epoch, int step, double[] losses, double[] weights, double[] norms, double[][] cosines) {

    /** Copies everything. */
    public StepDiagnostics {
        losses = losses.clone();
        weights = weights.clone();
        norms = norms.clone();
        cosines = copy(cosines);
    }

    /**
     * Works out norms and cosines.
     *
     * @param gramian the products of the tasks' gradients, {@code [K][K]}; null if they are not known
     */
    static StepDiagnostics of(int epoch, int step, double[] losses, double[] weights, double[][] gramian) {
        int known = gramian == null ? 0 : gramian.length;
        double[] norms = new double[known];
        double[][] cosines = new double[known][known];
        for (int i = 0; i < known; i++) {
            norms[i] = Math.sqrt(gramian[i][i]);
        }
        for (int i = 0; i < known; i++) {
            for (int j = 0; j < known; j++) {
                double cosine = gramian[i][j] / norms[i] / norms[j];
                cosines[i][j] = Math.max(-1, Math.min(1, cosine)); // NaN stays NaN
            }
        }
        return new StepDiagnostics(epoch, step, losses, weights, norms, cosines);
    }

    @Override
    public double[] losses() {
        return losses.clone();
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    @Override
    public double[] norms() {
        return norms.clone();
    }

    @Override
    public double[][] cosines() {
        return copy(cosines);
    }

    /** {@return whether the step computed the tasks' gradients, so that norms and cosines are known} */
    public boolean knowsGradients() {
        return norms.length > 0;
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }
}
