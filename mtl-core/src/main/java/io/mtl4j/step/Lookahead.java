package io.mtl4j.step;

import java.util.Arrays;

/**
 * What one update with given task weights would do to held-out data, the ingredient of meta-learned weights, and to the batch
 * itself. What is held out may be asked for by methods with {@link Requirement#HELD_OUT} only; others get an {@link
 * IllegalStateException}.
 */
public interface Lookahead {

    /**
     * The derivative of the held-out loss after one virtual step with respect to each task's weight.
     *
     * <p>With the virtual step {@code θ' = θ - α ∇ Σ λ_k L_k(θ)} on the training batch and the held-out loss {@code V(θ') =
     * Σ_k p_k V_k(θ')}, the result is {@code ∂V/∂λ_i = -α <∇V(θ'), ∇L_i(θ)>}: as it stands, or by central finite differences
     * {@code -α (L_i(θ + εv) - L_i(θ - εv)) / 2ε} with {@code v = ∇V(θ')}, which the trainer decides.
     *
     * @param weights the weights λ of the virtual step, {@code [K]}
     * @param priorities the weights p of the tasks in the held-out loss, {@code [K]}
     * @return {@code ∂V/∂λ}, {@code [K]}; 0 for absent tasks
     */
    double[] hypergradient(double[] weights, double[] priorities);

    /**
     * The hypergradients of several held-out losses after the same virtual step, which may cost less than one after the
     * other.
     *
     * @param weights the weights λ of the virtual step, {@code [K]}
     * @param priorities for each held-out loss the weights p of the tasks in it, {@code [M][K]}
     * @return a {@link #hypergradient} for each held-out loss, {@code [M][K]}
     */
    default double[][] hypergradients(double[] weights, double[][] priorities) {
        return Arrays.stream(priorities).map(p -> hypergradient(weights, p)).toArray(double[][]::new);
    }

    /**
     * The tasks' losses on the training batch after some virtual steps of gradient descent on it, {@code θ ← θ - α ∇ Σ λ_k
     * L_k(θ)}.
     *
     * @param weights the weights λ, {@code [K]}
     * @param steps the number of steps, at least 1
     * @return {@code L_k(θ_T)}, {@code [K]}; NaN for absent tasks
     */
    double[] lossesAfter(double[] weights, int steps);

    /**
     * The tasks' losses on the training batch after one virtual step that moves the shared parameters θ_s only, {@code θ_s ←
     * θ_s - α ∇ Σ λ_k L_k(θ)}; each task's own parameters stay where they are.
     *
     * @param weights the weights λ, {@code [K]}
     * @return losses {@code [K]}; NaN for absent tasks
     */
    double[] lossesAfterSharedStep(double[] weights);

    /**
     * The products of the gradients of the held-out losses with each other and with that of the weighted training loss,
     * over all parameters, shared or not: with the rows {@code ∇V_1, ..., ∇V_K, ∇ Σ λ_k L_k} of a matrix A, {@code A Aᵀ}.
     *
     * @param weights the weights λ, {@code [K]}
     * @return {@code [K + 1][K + 1]}; 0 in rows and columns of tasks without held-out labels
     */
    double[][] heldOutProducts(double[] weights);
}
