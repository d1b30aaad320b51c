package io.mtl4j.step;

/** What a method needs of a training step besides the losses; the trainer computes only what is asked for. */
public enum Requirement {
    /** The per-task gradients of the shared parameters: {@link TrainingStep#jacobian()}. */
    JACOBIAN,
    /** Jacobians of further, independent batches: {@link TrainingStep#jacobian(int)} with {@code draw > 0}. */
    INDEPENDENT_JACOBIANS,
    /**
     * The gradients of the shared representation in place of those of the shared parameters, and the representation
     * itself: {@link TrainingStep#representation()}.
     */
    REPRESENTATION,
    /** The losses of the same batch after the update, which costs one more forward pass. */
    LOSSES_AFTER_UPDATE,
    /** A look-ahead on the batch of the step itself: the {@link TrainingStep#lookahead()} without its held-out losses. */
    LOOKAHEAD,
    /** A look-ahead on held-out batches too: all of {@link TrainingStep#lookahead()}. */
    HELD_OUT
}
