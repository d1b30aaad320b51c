package io.mtl4j.aggregation;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;

/**
 * ExcessMTL: weights by excess risk, how far each task is from its own optimum, and not by its loss, which label noise
 * raises for ever.
 *
 * <p>He et al., Robust Multi-Task Learning with Excess Risks, ICML 2024, algorithm 1. The excess is estimated by a
 * diagonal second-order expansion with the accumulated squares of the gradients as curvature: {@code e_k = Σ_i g_ki² /
 * sqrt(Σ_t g_ki² + ε)}; {@code w_k ∝ w_k exp(η e_k / e_k(0))}, {@code Σ w = K}; {@code d = Σ w_k g_k}.
 *
 * <p>For tasks whose labels are noisy to different degrees. All weights are positive; no guarantee against conflict.
 * With ε = 0 the weights don't change when a loss is multiplied by a number. Reads the whole gradients and remembers K
 * vectors in double precision.
 *
 * <p>Defined answers: one task gets weight 1; a zero gradient has excess 0; {@code e_k(0)} is a task's first excess
 * that is not 0, and its weight does not change at that step. An absent task keeps what is remembered of it; the
 * weights of the P present tasks add up to P.
 *
 * <p>Deviations from the peer: ε is 0 unless set (1e-7 there), and zero gradients, which give NaN there, are defined.
 */
public final class ExcessMtl implements Aggregator {

    private final double rate;
    private final double epsilon;
    private final TaskRows squares = new TaskRows("squares");
    private final TaskNumbers first = new TaskNumbers("first", tasks -> 0);
    private final TaskNumbers logits = new TaskNumbers("logits", tasks -> 0);

    /**
     * Chooses the parameters.
     *
     * @param rate η, the step size of the weights, at least 0
     * @param epsilon ε, added to the accumulated squares, at least 0
     * @throws IllegalArgumentException if they are out of range
     */
    public ExcessMtl(double rate, double epsilon) {
        this.rate = Require.nonNegative("rate", rate);
        this.epsilon = Require.nonNegative("epsilon", epsilon);
    }

    /** η = 0.01, ε = 0. */
    public ExcessMtl() {
        this(0.01, 0);
    }

    @Override
    public String name() {
        return "excess-mtl";
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(step, present -> new UpdateDirection.Weights(weights(present)));
    }

    private double[] weights(TrainingStep step) {
        double[][] rows = Gradients.rows(step);
        double[] start = first.of(step);
        double[] logs = logits.of(step);
        for (int k = 0; k < rows.length; k++) {
            double excess = excess(squares.row(step.modelTask(k), step.modelTasks(), rows[k].length), rows[k]);
            if (start[k] == 0) {
                start[k] = excess;
            } else {
                logs[k] += rate * (excess / start[k]);
            }
        }
        first.set(step, start);
        logits.set(step, logs);
        double[] weights = Gradients.softmax(logs);
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= weights.length;
        }
        return weights;
    }

    private double excess(double[] accumulated, double[] row) {
        double excess = 0;
        for (int i = 0; i < row.length; i++) {
            double square = row[i] * row[i];
            accumulated[i] += square;
            excess += square > 0 ? square / Math.sqrt(accumulated[i] + epsilon) : 0;
        }
        return excess;
    }

    @Override
    public MethodState state() {
        return logits.into(first.into(squares.into(MethodState.empty(name()))));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        logits.restore(state);
        first.restore(state);
        squares.restore(state);
    }
}
