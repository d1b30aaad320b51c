package io.mtl4j.nn.layer;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * One run through a model for one batch of one input: parameters in, what backward needs kept, gradients out. A pass is
 * used by one thread and forgotten afterwards.
 */
public final class Pass {

    private final INDArray[] values;
    private final INDArray[] buffers;
    private final Object[] slots;
    private final INDArray mask;
    private final Random random;
    private final boolean training;
    private INDArray[] gradients;
    private INDArray relations;
    private INDArray target;
    private double penalty;
    private boolean collectsPenalties;

    /**
     * Makes a pass.
     *
     * @param values the parameters' arrays by {@link Parameter#index()}
     * @param buffers the buffers' arrays by {@link Buffer#index()}, those of the pass's input; training passes write to
     *     them
     * @param slots number of slots
     * @param mask {@code [batch, time]}, 1 for real steps and 0 for padding, or null if all steps are real
     * @param random this pass's own random numbers, for dropout; null in a pass that is not {@code training}
     * @param training whether dropout and batch statistics are in use
     */
    public Pass(INDArray[] values, INDArray[] buffers, int slots, INDArray mask, Random random, boolean training) {
        this.values = Objects.requireNonNull(values, "values");
        this.buffers = Objects.requireNonNull(buffers, "buffers");
        this.slots = new Object[slots];
        this.mask = mask;
        this.training = training;
        this.random = training ? Objects.requireNonNull(random, "random") : random;
    }

    /**
     * {@return a parameter's array; do not modify}
     *
     * @param parameter the parameter
     */
    public INDArray value(Parameter parameter) {
        return values[parameter.index()];
    }

    /**
     * {@return the array that a backward pass assigns a parameter's gradient to}
     *
     * @param parameter the parameter
     */
    public INDArray gradient(Parameter parameter) {
        return gradients[parameter.index()];
    }

    /**
     * {@return a buffer's array; may be modified in a training pass}
     *
     * @param buffer the buffer
     */
    public INDArray buffer(Buffer buffer) {
        return buffers[buffer.index()];
    }

    /**
     * Says where the gradients of the next backward pass go.
     *
     * @param targets arrays by {@link Parameter#index()}
     */
    public void collectGradients(INDArray[] targets) {
        this.gradients = Objects.requireNonNull(targets, "targets");
    }

    /** {@return the mask of time steps {@code [batch, time]}, or null if all are real} */
    public INDArray mask() {
        return mask;
    }

    /** {@return how the elements of each example relate, such as the adjacency of a graph's nodes {@code [batch, nodes, nodes]}; null if the input says nothing of it} */
    public INDArray relations() {
        return relations;
    }

    /**
     * Says how the elements of each example relate.
     *
     * @param ofElements {@code [batch, nodes, nodes]}, or null
     */
    public void relate(INDArray ofElements) {
        this.relations = ofElements;
    }

    /**
     * {@return the labels that the head now running shall learn, for those that read them while they compute, such as a
     * decoder that is told the true words before the one it predicts; null where there are none, as in predictions}
     */
    public INDArray target() {
        return target;
    }

    /**
     * Says which labels the next head shall learn.
     *
     * @param labels the labels, or null
     */
    public void aim(INDArray labels) {
        this.target = labels;
    }

    /**
     * Adds a term to the training loss that no task owns, from {@link Layer#forward}. The layer adds the term's gradient to
     * that of its input, or its parameters, in backward passes that {@linkplain #collectsPenalties collect} such terms, and
     * says so when it is bound ({@link Binder#penalizesActivations}).
     *
     * @param value the term
     */
    public void addPenalty(double value) {
        penalty += value;
    }

    /** {@return the sum of all terms that layers added} */
    public double penalty() {
        return penalty;
    }

    /** {@return whether the backward pass now running is the one in which penalties' gradients count} */
    public boolean collectsPenalties() {
        return collectsPenalties;
    }

    /**
     * Says whether the next backward passes are those in which penalties' gradients count: one of all backward passes that
     * make up a step.
     *
     * @param collects whether they are
     */
    public void collectPenalties(boolean collects) {
        this.collectsPenalties = collects;
    }

    /** {@return this pass's random numbers; null unless {@link #training()}} */
    public Random random() {
        return random;
    }

    /** {@return whether dropout and batch statistics are in use} */
    public boolean training() {
        return training;
    }

    /**
     * Keeps something for backward.
     *
     * @param slot the place
     * @param value what to keep
     * @param <T> its type
     */
    public <T> void save(Slot<T> slot, T value) {
        slots[slot.index()] = value;
    }

    /**
     * {@return what forward kept}
     *
     * @param slot the place
     * @param <T> its type
     */
    @SuppressWarnings("unchecked") // a slot is written only through save, with the slot's own type
    public <T> T load(Slot<T> slot) {
        return (T) slots[slot.index()];
    }
}
