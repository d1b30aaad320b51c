package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss as a function of logits and labels. Implementations are records without arrays.
 *
 * <p>The value is the mean over the labelled elements (examples, or unmasked steps of sequences), never the sum over the
 * batch: a batch with half of its labels missing has the same loss as its labelled half alone.
 */
public interface LossFunction {

    /** {@return the name as users write it, such as {@code cross-entropy}} */
    String name();

    /**
     * Checks that this loss can be used for a task. This one lets every task pass.
     *
     * @param task the task
     * @throws IllegalArgumentException if it cannot; the message says which it is for
     */
    default void checkFits(Task task) {}

    /**
     * Computes the loss and its gradient.
     *
     * @param logits what the head's network gave: {@code [batch, outputs]}, or {@code [batch, time, outputs]}; not changed
     * @param labels as the head describes them; values under a mask of 0 are ignored, whatever they are (NaN too)
     * @param mask 1 where there is a label, 0 where there is none: {@code [batch]}, {@code [batch, time]}, or {@code
     *     [batch, outputs]} for labels that are missing one by one; null if all are there
     * @return value, gradient and count
     */
    Result evaluate(INDArray logits, INDArray labels, INDArray mask);

    /**
     * What a loss gives.
     *
     * @param value mean over the labelled elements; NaN if there is none
     * @param gradient gradient of {@code value} with respect to the logits, same shape, 0 where there is no label
     * @param count number of labelled elements
     */
    record Result(double value, INDArray gradient, long count) {}
}
