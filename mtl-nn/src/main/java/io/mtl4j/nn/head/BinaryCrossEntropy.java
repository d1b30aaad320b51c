package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The cross-entropy of sigmoid(logit), for yes/no answers: {@code -w y log σ(z) - (1 - y) log(1 - σ(z))}, where w makes a
 * yes weigh more than a no. The value is the mean over the labelled elements (w does not count in the divisor, as in
 * PyTorch's {@code BCEWithLogitsLoss}).
 *
 * <p>Labels y from 0 to 1 have the shape of the logits; those of {@code [batch, 1]} may be {@code [batch]}.
 *
 * @param positiveWeights w, each at least 0: one for each output, or a single one for all; empty for 1
 */
public record BinaryCrossEntropy(List<Double> positiveWeights) implements LossFunction {

    /** Checks and copies the weights. */
    public BinaryCrossEntropy {
        positiveWeights = List.copyOf(positiveWeights);
        positiveWeights.forEach(w -> Require.nonNegative("positive weight", w));
    }

    @Override
    public String name() {
        return "binary-cross-entropy";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.BINARY, TaskKind.MULTI_LABEL);
        if (positiveWeights.size() != 1) {
            Fit.weights(task, positiveWeights);
        }
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        int outputs = (int) logits.size(-1);
        if (positiveWeights.size() > 1 && positiveWeights.size() != outputs) {
            throw new IllegalArgumentException(positiveWeights.size() + " positive weights for " + outputs
                    + " outputs; give one for each output, or one for all");
        }
        return new Elements(positiveWeights).mean(logits, labels, mask);
    }

    private record Elements(List<Double> weights) implements ElementLoss {

        @Override
        public double value(double z, double y, int output, double[] slopes, int at) {
            Logistic p = Logistic.of(z);
            double yes = weight(output) * y;
            slopes[at] = (1 - y) * p.yes() - yes * p.no();
            return -yes * p.logYes() - (1 - y) * p.logNo();
        }

        private double weight(int output) {
            return weights.isEmpty() ? 1 : weights.get(weights.size() == 1 ? 0 : output);
        }
    }
}
