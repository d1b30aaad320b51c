package io.mtl4j.nn.train;

import io.mtl4j.step.Jacobian;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * WHERE THE TASKS MEET in one step: the D variables with respect to which their gradients are compared and combined, the
 * shared parameters or the shared representation. Gradients are computed when first asked for.
 */
interface GradientSpace {

    /**
     * {@return the gradients as methods see them}
     *
     * @param draw 0 for the step's batch, 1, 2 ... for further ones
     * @throws IllegalStateException if no method declared that it needs them
     */
    Jacobian jacobian(int draw);

    /** {@return the rows of this batch's gradients, {@code [K, D]}; the tasks' own parameters get theirs as well} */
    INDArray rows();

    /**
     * Multiplies the rows, and the gradients of each task's own parameters, by the weights.
     *
     * @param weights {@code [K]}
     */
    void scale(double[] weights);

    /** {@return where to put the direction, {@code [D]}} */
    INDArray direction();

    /** Turns what was put into {@link #direction()} into the gradient of the shared parameters. */
    void follow();

    /** {@return the Gramian of this batch's gradients before {@link #scale}; null if nobody asked for gradients} */
    double[][] gramian();
}
