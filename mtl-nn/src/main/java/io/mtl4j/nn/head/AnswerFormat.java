package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a kind of task writes its labels and reads its outputs: the part of a {@link TaskHead} that differs from kind to
 * kind. Implement it, and use {@link Tasks#custom}, for a kind of task of your own that needs no other network than the
 * usual one. Implementations are records without arrays.
 */
public interface AnswerFormat {

    /** {@return the kind of task} */
    TaskKind kind();

    /**
     * {@return whether there is an answer for each step of a sequence, so that logits are {@code [batch, time, outputs]};
     * otherwise they are {@code [batch, outputs]}}
     */
    default boolean everyStep() {
        return false;
    }

    /**
     * {@return the network from a representation to logits} This one is the fully connected layers of the head.
     *
     * @param task the task
     * @param layers what the user chose for the head's layers
     * @param representation shape of the representation
     * @throws IllegalArgumentException if there can be no such network on this representation
     */
    default LayerSpec network(Task task, HeadLayers layers, Shape representation) {
        return layers.network(task, everyStep(), representation);
    }

    /**
     * Checks that this format can be used for a task. This one lets every task pass.
     *
     * @param task the task
     * @throws IllegalArgumentException if it cannot
     */
    default void checkFits(Task task) {}

    /**
     * Checks labels before they are used.
     *
     * @param task the task
     * @param labels the labels of a batch
     * @param mask their mask, or null
     * @param batch number of examples in the batch
     * @throws IllegalArgumentException if the labels' shape or values are wrong
     */
    void checkLabels(Task task, INDArray labels, INDArray mask, long batch);

    /**
     * {@return the labels' mask made complete, as {@link Head#effectiveMask} says; null if nothing is missing} This one
     * looks at each label element by itself, and not at time steps.
     *
     * @param labels the labels of a batch, checked
     * @param mask the mask that came with the labels, or null
     * @param steps the input's mask of time steps {@code [batch, time]}, or null
     */
    default INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return LabelMask.complete(labels, mask, null, labels.shape());
    }

    /**
     * {@return the loss on labels as they are written}
     *
     * @param loss the loss on labels as the network learns them
     * @throws IllegalArgumentException if this format cannot be used with that loss
     */
    default LossFunction adapt(LossFunction loss) {
        return loss;
    }

    /**
     * {@return what logits say: probabilities, or values, of the same shape unless the format says otherwise}
     *
     * @param logits logits of a batch; not changed
     */
    INDArray activate(INDArray logits);

    /**
     * Adds a batch to the metrics, as {@link Head#score} says. This one gives them rows of the outputs' last dimension.
     *
     * @param metrics an accumulator for a task of this kind
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
     * @param task the task
     * @param outputs what {@link #activate} gave
     * @param steps the input's mask of time steps, or null
     */
    List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps);
}
