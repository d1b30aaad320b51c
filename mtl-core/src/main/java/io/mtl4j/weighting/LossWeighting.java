package io.mtl4j.weighting;

import io.mtl4j.step.Requirement;
import io.mtl4j.step.Stateful;
import io.mtl4j.step.TrainingStep;
import java.util.Set;

/**
 * LOSS WEIGHTING: turns K losses into K weights; the update follows the gradient of {@code Σ w_k L_k}.
 *
 * <p>Contract, for every implementation: the result has K finite, non-negative entries; an absent task gets 0; and the
 * weights of the present tasks are those the method would give if the absent tasks did not exist in this step. The
 * weights of all present tasks are not all 0 unless their losses are.
 *
 * <p>A weighting belongs to one training run and is called from one thread.
 */
public interface LossWeighting extends Stateful {

    /** {@return what the method needs besides the losses} */
    default Set<Requirement> requirements() {
        return Set.of();
    }

    /**
     * Computes the weights of one step, and learns from it.
     *
     * @param step what is known of the step
     * @return weights {@code [K]}
     * @throws ArithmeticException if a loss is NaN, infinite or outside of the method's domain; the message names the
     *     task
     */
    double[] weigh(TrainingStep step);

    /**
     * {@return the weights h of held-out losses in the update of this step, {@code [K]}, finite and at least 0; none where
     * the method does not train on held-out data}
     *
     * <p>The update then follows the gradient of {@code Σ w_k L_k + Σ h_k V_k}. Called after {@link #weigh} of a method that
     * asks for {@link Requirement#HELD_OUT} and has called {@link io.mtl4j.step.Lookahead#heldOutProducts} in the step.
     */
    default double[] heldOutWeights() {
        return new double[0];
    }

    /**
     * Called after the update with the losses of the same batch, when {@link #requirements()} has {@link
     * Requirement#LOSSES_AFTER_UPDATE}.
     *
     * @param losses losses {@code [K]}; NaN for absent tasks
     */
    default void afterUpdate(double[] losses) {}
}
