package io.mtl4j.nn.train;

/**
 * How the derivatives of held-out losses with respect to the tasks' weights are computed, for weightings that learn from held-out
 * data: {@link io.mtl4j.weighting.Weightings#autoLambda()}, {@link io.mtl4j.weighting.Weightings#moml()}. After one step of
 * gradient descent {@code θ' = θ - α Σ λ_i g_i}, the derivative is {@code -α <∇V(θ'), g_i>}: no second derivatives are in it.
 */
public enum Hypergradients {

    /**
     * The products are differences of the tasks' training losses on either side of θ along ∇V. Whatever the number of tasks, a
     * hypergradient costs 3 forward and 2 backward passes, and no memory to speak of. The losses are curved, so an error of
     * the order of the square of the displacement (0.01) and of the third derivatives remains, and in single precision that of
     * rounding, which shows where a loss hardly changes.
     */
    FINITE_DIFFERENCES,

    /**
     * The products themselves, exact but for rounding. The K tasks' gradients cost K backward passes and memory for K gradients;
     * then each hypergradient costs one backward pass on the held-out batch, and all together one forward pass. Of one
     * hypergradient in a step, as Auto-Lambda asks for, that is as fast as differences for 2 tasks and slower for more; of K,
     * as MOML asks for, it is faster for any number.
     */
    EXACT
}
