package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code (z - y)²}, the mean over the labelled values. Labels have the shape of the outputs; those of {@code [batch, 1]} may be {@code
 * [batch]}.
 */
public record MeanSquaredError() implements LossFunction {

    @Override
    public String name() {
        return "mean-squared-error";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.REGRESSION, TaskKind.PIXEL_REGRESSION);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return new Elements().mean(logits, labels, mask);
    }

    private record Elements() implements ElementLoss {

        @Override
        public double value(double z, double y, int output, double[] slopes, int at) {
            double e = z - y;
            slopes[at] = 2 * e;
            return e * e;
        }
    }
}
