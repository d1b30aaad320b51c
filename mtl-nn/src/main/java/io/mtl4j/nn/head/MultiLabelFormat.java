package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Any of C labels. Labels are {@code [batch, C]}, 1 where a label applies and 0 where not (or its probability); each may be
 * missing by itself, as NaN or by a mask {@code [batch, C]}. Outputs are probabilities; the answer is the labels above 0.5.
 */
public record MultiLabelFormat() implements AnswerFormat {

    private static final double THRESHOLD = 0.5;

    @Override
    public TaskKind kind() {
        return TaskKind.MULTI_LABEL;
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        ElementLabels.check(
                task, labels, mask, batch, 0, 1, "it must be 0 (does not apply), 1 (applies) or a probability between");
    }

    @Override
    public INDArray activate(INDArray logits) {
        return Logistic.sigmoid(logits);
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        List<TaskPrediction> answers = new ArrayList<>();
        for (double[] row : OutputRows.of(outputs)) {
            List<Integer> chosen = IntStream.range(0, row.length)
                    .filter(c -> row[c] > THRESHOLD)
                    .boxed()
                    .toList();
            answers.add(new TaskPrediction(task, chosen, List.of(row)));
        }
        return answers;
    }
}
