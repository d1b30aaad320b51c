package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The focal loss of Lin et al. (ICCV 2017, equation 5) on sigmoid(logit), for yes/no answers: with p = σ(z), {@code -α (1 -
 * p)^γ log p} for yes and {@code -(1 - α) p^γ log(1 - p)} for no. The value is the mean over the labelled elements, where
 * the paper divides by the number of objects.
 *
 * <p>Labels from 0 to 1 have the shape of the logits; those of {@code [batch, 1]} may be {@code [batch]}. A label y between
 * 0 and 1 mixes the two.
 *
 * @param gamma γ, at least 0; the paper's choice is 2
 * @param alpha α, from 0 to 1; the paper's choice is 0.25, and 0.5 favours neither
 */
public record BinaryFocalLoss(double gamma, double alpha) implements LossFunction {

    /** Checks the values. */
    public BinaryFocalLoss {
        Require.nonNegative("gamma", gamma);
        Require.within("alpha", alpha, 0, 1);
    }

    @Override
    public String name() {
        return "binary-focal";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.BINARY, TaskKind.MULTI_LABEL);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return new Elements(gamma, alpha).mean(logits, labels, mask);
    }

    private record Elements(double gamma, double alpha) implements ElementLoss {

        @Override
        public double value(double z, double y, int output, double[] slopes, int at) {
            Logistic p = Logistic.of(z);
            double yes = alpha * y * Math.pow(p.no(), gamma);
            double no = (1 - alpha) * (1 - y) * Math.pow(p.yes(), gamma);
            slopes[at] = no * (p.yes() - gamma * p.no() * p.logNo()) - yes * (p.no() - gamma * p.yes() * p.logYes());
            return -yes * p.logYes() - no * p.logNo();
        }
    }
}
