package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Real values. Labels are {@code [batch, outputs]}, or {@code [batch]} if there is one output; each may be missing by
 * itself, as NaN or by a mask. The network learns {@code (y - mean) / deviation}, while labels, outputs, answers and metrics
 * are in the user's units.
 *
 * @param means one for each output; empty for 0
 * @param deviations one for each output, each above 0; empty for 1
 */
public record ValueFormat(List<Double> means, List<Double> deviations) implements AnswerFormat {

    /** Labels as they are. */
    public static final ValueFormat PLAIN = new ValueFormat(List.of(), List.of());

    /** Checks and copies the lists. */
    public ValueFormat {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        means.forEach(m -> Require.finite("mean", m));
        deviations.forEach(d -> Require.positive("standard deviation", d));
        if (means.size() != deviations.size()) {
            throw new IllegalArgumentException(means.size() + " means and " + deviations.size()
                    + " standard deviations; give one of each for each output");
        }
    }

    @Override
    public TaskKind kind() {
        return TaskKind.REGRESSION;
    }

    @Override
    public void checkFits(Task task) {
        if (!means.isEmpty() && means.size() != task.outputs()) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": " + means.size() + " means for "
                    + task.outputs() + " outputs; give one mean and one standard deviation for each output");
        }
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        ElementLabels.check(
                task, labels, mask, batch, -Double.MAX_VALUE, Double.MAX_VALUE, "it must be finite, or NaN if missing");
    }

    @Override
    public LossFunction adapt(LossFunction loss) {
        return means.isEmpty() ? loss : new StandardizedLoss(loss, means, deviations);
    }

    @Override
    public INDArray activate(INDArray logits) {
        return means.isEmpty()
                ? logits.dup()
                : logits.mulRowVector(row(deviations, logits)).addiRowVector(row(means, logits));
    }

    private static INDArray row(List<Double> values, INDArray like) {
        return Nd4j.createFromArray(values.toArray(new Double[0])).castTo(like.dataType());
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        return OutputRows.of(outputs).stream()
                .map(row -> new TaskPrediction(task, List.of(), List.of(row)))
                .toList();
    }
}
