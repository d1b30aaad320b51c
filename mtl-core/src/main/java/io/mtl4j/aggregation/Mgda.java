package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.MinNormPoint;
import io.mtl4j.step.TrainingStep;
import java.util.Objects;

/**
 * MGDA, the multiple-gradient descent algorithm: the shortest vector in the convex hull of the gradients, {@code min
 * |Σ w_k g_k / n_k|} over {@code w ≥ 0, Σ w = 1}.
 *
 * <p>Désidéri, Multiple-gradient descent algorithm, 2012; Sener and Koltun, Multi-Task Learning as Multi-Objective
 * Optimization, NeurIPS 2018, algorithm 2, with their normalisers {@code n_k}: 1, {@code |g_k|}, {@code L_k} or {@code
 * L_k |g_k|}. On the gradients of the shared representation it is their MGDA-UB.
 *
 * <p>Guarantee: {@code <g_k, d> ≥ 0}, no task's loss grows to first order (for normalised gradients, by those); d = 0
 * exactly at a Pareto-stationary point. Without a normaliser the shortest gradient rules, and progress stalls where one
 * task has converged; {@link Normalisation#LOSS_TIMES_LENGTH} tempers that. Scales with the gradients.
 *
 * <p>Defined answers: one task gets weight 1 / n; a zero gradient makes d = 0, and the zero gradients share the weight;
 * so does a zero normaliser, for its gradient has nothing left to gain. A negative loss as normaliser is refused.
 *
 * <p>Deviations from the peers: the point is exact (an active-set method) and not an iterate of projected gradient or
 * Frank-Wolfe, for which see {@link FrankWolfeMgda}; d is along the normalised gradients unless {@link #alongRaw} says
 * otherwise, where the weights of the normalised problem are applied to the gradients as they are, with no guarantee.
 *
 * @param normalisation what divides each gradient
 * @param alongRaw whether d is {@code Σ w_k g_k} instead of {@code Σ w_k g_k / n_k}
 */
public record Mgda(Normalisation normalisation, boolean alongRaw) implements GramianAggregator {

    /** What divides each gradient before the shortest vector is sought. */
    public enum Normalisation {
        /** Nothing. */
        NONE,
        /** The gradient's length {@code |g|}. */
        LENGTH,
        /** The task's loss L. */
        LOSS,
        /** The product {@code L |g|}. */
        LOSS_TIMES_LENGTH
    }

    /** Checks that there is a normalisation. */
    public Mgda {
        Objects.requireNonNull(normalisation, "normalisation");
    }

    /** Without normalisation. */
    public Mgda() {
        this(Normalisation.NONE, false);
    }

    /**
     * {@return this method with another normalisation}
     *
     * @param other what divides each gradient
     */
    public Mgda withNormalisation(Normalisation other) {
        return new Mgda(other, alongRaw);
    }

    /** {@return this method with d along the gradients as they are} */
    public Mgda alongRawGradients() {
        return new Mgda(normalisation, true);
    }

    @Override
    public String name() {
        return "mgda";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        double[] inverse = new double[gramian.length];
        for (int k = 0; k < inverse.length; k++) {
            double normaliser = normaliser(k, gramian[k][k], step);
            inverse[k] = normaliser > 0 ? 1 / normaliser : 0;
        }
        double[] weights = MinNormPoint.weights(Matrices.scaleBothSides(gramian, inverse));
        if (!alongRaw) {
            for (int k = 0; k < weights.length; k++) {
                weights[k] *= inverse[k];
            }
        }
        return weights;
    }

    private double normaliser(int task, double square, TrainingStep step) {
        double length = Math.sqrt(square);
        return switch (normalisation) {
            case NONE -> 1;
            case LENGTH -> length;
            case LOSS -> loss(task, step);
            case LOSS_TIMES_LENGTH -> loss(task, step) * length;
        };
    }

    private static double loss(int task, TrainingStep step) {
        double loss = Gradients.loss(task, step);
        if (loss < 0) {
            throw new ArithmeticException("task \"" + step.taskName(task) + "\": loss " + loss
                    + " cannot normalise its gradient; normalise by nothing or length, or use a loss of 0 or more");
        }
        return loss;
    }
}
