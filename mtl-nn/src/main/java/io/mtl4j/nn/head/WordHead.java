package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.FeatureSlice;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A head that chooses one of many words at each step from some of the features: softmax of a linear layer, with
 * cross-entropy. It is how a language model predicts the next word from what it read so far, and nothing else.
 *
 * <p>Labels are numbers of words {@code [batch, time]}, as those of {@link TagFormat}; the loss is the mean over real steps of
 * {@code -log p}, so that {@code exp(loss)} is the perplexity. There are no other metrics.
 *
 * @param task the task; its outputs are the words
 * @param input the name of the model input that this task reads; empty if the model has but one
 * @param from number of the first feature it reads
 * @param count number of features it reads
 */
public record WordHead(Task task, Optional<String> input, int from, int count) implements Head {

    private static final TagFormat FORMAT = new TagFormat();

    /** Checks the values. */
    public WordHead {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(input, "input");
        Require.atLeast("task \"" + task.name() + "\": words", task.outputs(), 2);
        Require.atLeast("task \"" + task.name() + "\": from", from, 0);
        Require.atLeast("task \"" + task.name() + "\": count", count, 1);
    }

    /**
     * A head for the only input of a model.
     *
     * @param name the task's name, unique in its model
     * @param words number of different words, at least 2
     * @param from number of the first feature it reads
     * @param count number of features it reads
     */
    public WordHead(String name, int words, int from, int count) {
        this(new Task(name, TaskKind.CUSTOM, new WordLoss().name(), words), Optional.empty(), from, count);
    }

    @Override
    public LayerSpec network(Shape representation) {
        if (!(representation instanceof Shape.Sequence)) {
            throw new IllegalArgumentException(
                    "task \"" + task.name() + "\" answers at each step of a sequence, but its" + " representation is "
                            + representation + "; use an encoder that keeps the steps");
        }
        return Chain.of(
                new FeatureSlice(from, count),
                new Dense(task.outputs(), Activation.IDENTITY, Initializer.GLOROT_UNIFORM));
    }

    @Override
    public LossFunction loss() {
        return new WordLoss();
    }

    @Override
    public void checkLabels(INDArray labels, INDArray mask, long batch) {
        if (labels.rank() != 2) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": labels of rank " + labels.rank()
                    + "; give numbers of words [batch, time]");
        }
        FORMAT.checkLabels(task, labels, mask, batch);
    }

    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return FORMAT.effectiveMask(labels, mask, steps);
    }

    @Override
    public INDArray activate(INDArray logits) {
        return FORMAT.activate(logits);
    }

    /** Adds nothing: the loss says it all. */
    @Override
    public void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {}

    @Override
    public List<TaskPrediction> decode(INDArray outputs, INDArray steps) {
        return FORMAT.decode(task, outputs, steps);
    }
}
