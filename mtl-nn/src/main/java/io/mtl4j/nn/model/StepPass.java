package io.mtl4j.nn.model;

/**
 * A batch that has run forward, here or on other machines: the tasks' losses, and their gradients when asked for, any number
 * of times.
 */
public interface StepPass {

    /**
     * {@return whether a task has at least one label in this batch}
     *
     * @param task the task's number
     */
    boolean present(int task);

    /**
     * {@return a task's mean loss over its labels; NaN if it has none}
     *
     * @param task the task's number
     */
    double loss(int task);

    /** {@return all losses {@code [K]}; NaN for absent tasks} */
    double[] losses();

    /**
     * Computes the gradient of {@code Σ w_k L_k}, and of what layers penalise.
     *
     * @param weights w, {@code [K]}; those of absent tasks do not matter
     * @param gradients receives it in {@link Gradients#flat()}
     */
    void weightedGradient(double[] weights, Gradients gradients);

    /**
     * Computes each task's gradient: those of the shared parameters as rows of {@link Gradients#jacobian()} (zero for absent
     * tasks), those of each task's own parameters in {@link Gradients#flat()}, whose shared part means nothing then.
     *
     * @param gradients receives them
     */
    void jacobian(Gradients gradients);

    /**
     * Adds the gradient of what layers penalise to what {@link #jacobian} and an aggregator made; {@link #weightedGradient}
     * has it already.
     *
     * @param gradients what is added to
     */
    void addPenaltyGradient(Gradients gradients);
}
