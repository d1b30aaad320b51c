package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of C tags for each step of a sequence. Labels are tag numbers {@code [batch, time]}, or tag probabilities {@code
 * [batch, time, C]}; a step with NaN is missing, and so are the steps of the input's padding. A mask is {@code [batch,
 * time]}, or {@code [batch]} for whole sequences. Outputs {@code [batch, time, C]} are probabilities; the answer is the most
 * probable tag of each real step, in order.
 */
public record TagFormat() implements AnswerFormat {

    @Override
    public TaskKind kind() {
        return TaskKind.TAGGING;
    }

    @Override
    public boolean everyStep() {
        return true;
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        ClassLabels.check(task, true, labels, mask, batch);
    }

    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return LabelMask.complete(labels, mask, steps, ClassLabels.rowShape(labels, true));
    }

    @Override
    public LossFunction adapt(LossFunction loss) {
        if (loss instanceof CrfLoss) {
            throw new IllegalArgumentException(
                    "loss crf needs the scores of pairs of tags; say crf() instead of loss(...)");
        }
        return loss;
    }

    @Override
    public INDArray activate(INDArray logits) {
        return SoftmaxLoss.softmax(logits);
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        return OutputRows.byExample(outputs, steps).stream()
                .map(rows -> new TaskPrediction(
                        task, rows.stream().map(OutputRows::argMax).toList(), rows))
                .toList();
    }
}
