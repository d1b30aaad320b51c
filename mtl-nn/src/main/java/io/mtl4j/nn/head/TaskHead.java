package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The usual head, made by {@link Tasks}: fully connected layers, a loss, and a {@linkplain AnswerFormat format} of labels
 * and answers. Immutable; each method with an argument gives a changed copy.
 *
 * @param task the task
 * @param input the name of the model input that this task reads; empty if the model has but one
 * @param format how labels are written and outputs read
 * @param layers the network
 * @param criterion the loss on labels as the network learns them
 */
public record TaskHead(
        Task task, Optional<String> input, AnswerFormat format, HeadLayers layers, LossFunction criterion)
        implements Head {

    /** Checks that task, format and loss fit together. */
    public TaskHead {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(layers, "layers");
        if (task.kind() != format.kind()) {
            throw new IllegalArgumentException("task \"" + task.name() + "\" of kind " + task.kind()
                    + " with a format of kind " + format.kind() + "; they must be the same");
        }
        criterion.checkFits(task);
        task = new Task(
                task.name(),
                task.kind(),
                criterion.name(),
                task.outputs(),
                task.classNames(),
                task.metric(),
                task.direction());
    }

    /**
     * {@return a copy that reads one input of a model that has several}
     *
     * @param name the input's name
     */
    public TaskHead input(String name) {
        return new TaskHead(task, Optional.of(name), format, layers, criterion);
    }

    /**
     * {@return a copy whose outputs have names}
     *
     * @param names one for each output; for a yes/no task the names of no and of yes
     */
    public TaskHead classNames(String... names) {
        return withTask(new Task(
                task.name(),
                task.kind(),
                task.loss(),
                task.outputs(),
                List.of(names),
                task.metric(),
                task.direction()));
    }

    /**
     * {@return a copy with hidden layers before the logits}
     *
     * @param units number of units of each layer, first to last; none for a linear head
     */
    public TaskHead hidden(int... units) {
        return withLayers(layers.withHidden(Arrays.stream(units).boxed().toList()));
    }

    /**
     * {@return a copy with another function after its hidden layers; it is {@link Activation#RELU} otherwise}
     *
     * @param activation the function
     */
    public TaskHead activation(Activation activation) {
        return withLayers(layers.withActivation(activation));
    }

    /**
     * {@return a copy with another loss}
     *
     * @param loss the loss
     * @throws IllegalArgumentException if it is not for this kind of task
     */
    public TaskHead loss(LossFunction loss) {
        return new TaskHead(task, input, format, layers, loss);
    }

    @Override
    public LossFunction loss() {
        return format.adapt(criterion);
    }

    @Override
    public LayerSpec network(Shape representation) {
        return layers.network(task.outputs());
    }

    @Override
    public void checkLabels(INDArray labels, INDArray mask, long batch) {
        format.checkLabels(task, labels, mask, batch);
    }

    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return format.effectiveMask(labels, mask, steps);
    }

    @Override
    public INDArray activate(INDArray logits) {
        return format.activate(logits);
    }

    @Override
    public TaskMetrics newMetrics() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public List<TaskPrediction> decode(INDArray outputs, INDArray steps) {
        return format.decode(task, outputs, steps);
    }

    private TaskHead withTask(Task changed) {
        return new TaskHead(changed, input, format, layers, criterion);
    }

    private TaskHead withLayers(HeadLayers changed) {
        return new TaskHead(task, input, format, changed, criterion);
    }
}
