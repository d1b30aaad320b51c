package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.internal.SimplexProjection;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Set;

/**
 * MoDo, multi-objective gradient with double sampling: the weights follow an unbiased estimate of {@code Gλ} from two
 * independent batches, and are applied to the gradients of a third.
 *
 * <p>Chen et al., Three-Way Trade-Off in Multi-Objective Learning, NeurIPS 2023, algorithm 1: {@code λ = Π(λ - γ (J₁
 * J₂ᵀ λ + ρ λ))}, Π the projection onto the simplex, {@code d = J₀ᵀ λ}. The batches 1 and 2 are the step's further
 * draws.
 *
 * <p>Costs the gradients of three batches a step. No guarantee for a single step; over many it comes near {@link Mgda}
 * without its bias from the noise of small batches. γ has the unit of an inverse squared gradient: not
 * equivariant, choose it with the gradients' length in mind.
 *
 * <p>Defined answers: one task gets weight 1; for zero gradients λ comes to equal weights. An absent task's λ stays as
 * it was; the others share the rest.
 *
 * <p>Deviation from the peer: heads train on the step's own batch, as with every aggregator, not on the mean of the
 * three.
 */
public final class MoDo implements Aggregator {

    private final double gamma;
    private final double rho;
    private final TaskNumbers weights = new TaskNumbers("weights", tasks -> 1.0 / tasks);

    /**
     * Chooses the parameters.
     *
     * @param gamma γ, the learning rate of the weights, at least 0
     * @param rho ρ, the pull towards equal weights, at least 0
     * @throws IllegalArgumentException if they are out of range
     */
    public MoDo(double gamma, double rho) {
        this.gamma = Require.nonNegative("gamma", gamma);
        this.rho = Require.nonNegative("rho", rho);
    }

    /** γ = 0.001, ρ = 0.1. */
    public MoDo() {
        this(1e-3, 0.1);
    }

    @Override
    public String name() {
        return "modo";
    }

    @Override
    public Set<Requirement> requirements() {
        return Set.of(Requirement.JACOBIAN, Requirement.INDEPENDENT_JACOBIANS);
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(step, this::direction);
    }

    private UpdateDirection direction(TrainingStep step) {
        double[] lambda = weights.shares(step);
        double[] pulls = Matrices.times(Gradients.doubleSample(step), lambda);
        for (int k = 0; k < lambda.length; k++) {
            lambda[k] -= gamma * (pulls[k] + rho * lambda[k]);
        }
        lambda = SimplexProjection.project(lambda);
        weights.setShares(step, lambda);
        return new UpdateDirection.Weights(lambda);
    }

    @Override
    public MethodState state() {
        return weights.into(MethodState.empty(name()));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        weights.restore(state);
    }
}
