package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Yes or no. Labels are {@code [batch]} or {@code [batch, 1]}, 0 for no and 1 for yes (or the probability of yes); NaN is
 * missing. Outputs {@code [batch, 1]} are probabilities of yes; the answer is class 1 (yes) above 0.5, class 0 otherwise.
 */
public record BinaryFormat() implements AnswerFormat {

    private static final double THRESHOLD = 0.5;

    @Override
    public TaskKind kind() {
        return TaskKind.BINARY;
    }

    @Override
    public void checkFits(Task task) {
        int names = task.classNames().size();
        if (task.outputs() != 1 || (names != 0 && names != 2)) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": " + task.outputs() + " outputs and "
                    + names + " class names; a yes/no task has 1 output, and 2 names (of no and of yes) or none");
        }
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        ElementLabels.check(task, labels, mask, batch, 0, 1, "it must be 0 (no), 1 (yes) or a probability between");
    }

    @Override
    public INDArray activate(INDArray logits) {
        return Logistic.sigmoid(logits);
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        List<TaskPrediction> answers = new ArrayList<>();
        for (double[] row : OutputRows.of(outputs)) {
            answers.add(new TaskPrediction(task, List.of(row[0] > THRESHOLD ? 1 : 0), List.of(row)));
        }
        return answers;
    }
}
