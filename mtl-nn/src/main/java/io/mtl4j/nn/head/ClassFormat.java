package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of C classes. Labels are class numbers {@code [batch]} (or {@code [batch, 1]}), 0 to C - 1, or class probabilities
 * {@code [batch, C]}; a row with NaN is missing. Outputs are probabilities; the answer is the most probable class, the
 * first of them if several are equal.
 */
public record ClassFormat() implements AnswerFormat {

    @Override
    public TaskKind kind() {
        return TaskKind.MULTI_CLASS;
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        ClassLabels.check(task, false, labels, mask, batch);
    }

    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return LabelMask.complete(labels, mask, null, ClassLabels.rowShape(labels, false));
    }

    @Override
    public INDArray activate(INDArray logits) {
        return SoftmaxLoss.softmax(logits);
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        List<TaskPrediction> answers = new ArrayList<>();
        for (double[] row : OutputRows.of(outputs)) {
            answers.add(new TaskPrediction(task, List.of(OutputRows.argMax(row)), List.of(row)));
        }
        return answers;
    }
}
