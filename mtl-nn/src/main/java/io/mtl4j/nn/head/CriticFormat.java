package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a critic says: one number an example, the greater the more it looks like the data. Labels {@code [batch, 1]} are 1
 * for real and 0 for generated examples. There is no metric but the loss.
 *
 * @param probability whether outputs are σ(logit), the probability that an example is real; otherwise they are the logits
 */
public record CriticFormat(boolean probability) implements AnswerFormat {

    @Override
    public TaskKind kind() {
        return TaskKind.CUSTOM;
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        ElementLabels.check(task, labels, mask, batch, 0, 1, "it must be 1 (real) or 0 (generated)");
    }

    @Override
    public INDArray activate(INDArray logits) {
        return probability ? Logistic.sigmoid(logits) : logits.dup();
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        return OutputRows.of(outputs).stream()
                .map(row -> new TaskPrediction(task, List.of(), List.of(row)))
                .toList();
    }
}
