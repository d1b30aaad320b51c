package io.mtl4j.nn.head;

import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of Wasserstein adversarial nets: {@code -z} for label 1, real, and {@code z} for label 0, generated (Arjovsky et
 * al., ICML 2017, equation 2 and algorithm 1). With a critic whose slopes stay near 1, the negative of the task's loss is an
 * estimate of the distance between data and generated examples. It has no lower bound.
 */
public record WassersteinLoss() implements LossFunction {

    @Override
    public String name() {
        return "wasserstein";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.CUSTOM);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return new Elements().mean(logits, labels, mask);
    }

    private record Elements() implements ElementLoss {

        @Override
        public double value(double z, double y, int output, double[] slopes, int at) {
            double slope = 1 - 2 * y;
            slopes[at] = slope;
            return slope * z;
        }
    }
}
