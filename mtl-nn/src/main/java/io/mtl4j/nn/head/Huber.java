package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of Huber (1964), quadratic for small errors and linear for large ones: with e = z - y, {@code e² / 2} for |e| up
 * to δ, and {@code δ (|e| - δ / 2)} above; the mean over the labelled values. Labels have the shape of the outputs; those
 * of {@code [batch, 1]} may be {@code [batch]}.
 *
 * @param delta δ, above 0, in the unit of the labels (of standard deviations, if they are standardised)
 */
public record Huber(double delta) implements LossFunction {

    /** Checks the value. */
    public Huber {
        Require.positive("delta", delta);
    }

    @Override
    public String name() {
        return "huber";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.REGRESSION, TaskKind.PIXEL_REGRESSION);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return new Elements(delta).mean(logits, labels, mask);
    }

    private record Elements(double delta) implements ElementLoss {

        @Override
        public double value(double z, double y, int output, double[] slopes, int at) {
            double e = Math.abs(z - y);
            slopes[at] = Math.max(-delta, Math.min(delta, z - y));
            return e <= delta ? e * e / 2 : delta * (e - delta / 2);
        }
    }
}
