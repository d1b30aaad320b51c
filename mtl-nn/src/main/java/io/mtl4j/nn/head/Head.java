package io.mtl4j.nn.head;

import io.mtl4j.metric.Metrics;
import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A TASK HEAD: turns the shared representation into a task's logits, knows the task's loss, and reads logits as answers.
 * {@link Tasks} has the usual ones. Implement it for one of your own: a record whose components describe it.
 */
public interface Head {

    /** {@return the task} */
    Task task();

    /** {@return the name of the model input that this task reads; empty if the model has but one} */
    Optional<String> input();

    /**
     * {@return the network from representation to logits}
     *
     * @param representation shape of the representation
     * @throws IllegalArgumentException if this head cannot read such a representation
     */
    LayerSpec network(Shape representation);

    /** {@return the loss on logits} */
    LossFunction loss();

    /**
     * {@return what this head learns} That is the labels, for most; a head that learns from the input itself, such as one
     * that restores it, gives that.
     *
     * @param labels the task's labels of a batch, or null if the batch has none for it
     * @param features what the model's input reads, before any stem
     */
    default INDArray targets(INDArray labels, INDArray features) {
        return labels;
    }

    /** {@return whether data must have labels of this task; false for heads that learn from the input alone} */
    default boolean needsLabels() {
        return true;
    }

    /**
     * {@return whether the network reads {@link io.mtl4j.nn.layer.Pass#target} while it computes} Then an evaluation takes the
     * loss of the logits that it gives when it knows the labels, as in training, and the metrics of those that it gives
     * without, as in predictions.
     */
    default boolean readsTargets() {
        return false;
    }

    /**
     * Checks labels before they are used.
     *
     * @param labels the labels of a batch
     * @param mask their mask, or null
     * @param batch number of examples in the batch
     * @throws IllegalArgumentException if the labels' shape or values are wrong
     */
    void checkLabels(INDArray labels, INDArray mask, long batch);

    /**
     * {@return the labels' mask made complete: 0 where a label is missing by the mask, by NaN, or by the sequence's
     * padding, 1 elsewhere; null if nothing is missing} This one looks at each label element by itself, and not at
     * time steps.
     *
     * @param labels the labels of a batch, checked
     * @param mask the mask that came with the labels, or null
     * @param steps the input's mask of time steps {@code [batch, time]}, or null
     */
    default INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return LabelMask.complete(labels, mask, null, labels.shape());
    }

    /**
     * {@return what logits say: probabilities, or values, of the same shape unless the format says otherwise}
     *
     * @param logits logits of a batch; not changed
     */
    INDArray activate(INDArray logits);

    /** {@return a fresh accumulator of this task's metrics: the usual ones of its kind} */
    default TaskMetrics newMetrics() {
        return Metrics.forTask(task());
    }

    /**
     * Adds a batch to the metrics. This one gives them each example's outputs and labels in rows of the last dimension, and
     * NaN for labels that are missing.
     *
     * @param metrics an accumulator made by {@link #newMetrics()}
     * @param outputs what {@link #activate} gave
     * @param labels the labels
     * @param mask the effective mask, or null
     */
    default void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        Scoring.add(metrics, outputs, labels, mask);
    }

    /**
     * {@return the answers for a batch}
     *
     * @param outputs what {@link #activate} gave
     * @param steps the input's mask of time steps, or null
     */
    List<TaskPrediction> decode(INDArray outputs, INDArray steps);
}
