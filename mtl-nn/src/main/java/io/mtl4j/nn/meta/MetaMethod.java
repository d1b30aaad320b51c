package io.mtl4j.nn.meta;

import org.nd4j.linalg.api.ndarray.INDArray;

/** How an episode tells the initial parameters what to become. {@link Maml} and {@link Reptile} are the usual ones. */
public interface MetaMethod {

    /** {@return the name for people} */
    String name();

    /**
     * Checks that this method can do with an adaptation. This one lets all pass.
     *
     * @param adaptation how the model adapts
     * @throws IllegalArgumentException if it cannot
     */
    default void checkFits(Adaptation adaptation) {}

    /**
     * Adds an episode's gradient with respect to θ₀.
     *
     * @param loop the model at θ₀, where it need not be afterwards
     * @param episode the episode
     * @param sum what is added to, {@code [N]}
     * @return the loss that the method lowers, for people
     */
    double addGradient(InnerLoop loop, Episode episode, INDArray sum);
}
