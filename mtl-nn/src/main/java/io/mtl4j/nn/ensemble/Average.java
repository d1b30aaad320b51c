package io.mtl4j.nn.ensemble;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.head.Head;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weighted mean of the members' probabilities or values, {@code Σ_m w_m y_m / Σ_m w_m}. For squared error and
 * cross-entropy the mean is at least as good as the members are on average (A. Krogh and J. Vedelsby, "Neural Network
 * Ensembles, Cross Validation, and Active Learning", NIPS 1994; Jensen's inequality), and the better the more their errors
 * differ.
 *
 * @param weights w, one for each member, each at least 0 and not all 0; empty for equal weights
 */
public record Average(List<Double> weights) implements Combination {

    /** Checks the weights and copies them. */
    public Average {
        weights = List.copyOf(weights);
        weights.forEach(w -> Require.nonNegative("average: weight of a member", w));
        if (!weights.isEmpty() && weights.stream().allMatch(w -> w == 0)) {
            throw new IllegalArgumentException(
                    "average: weights " + weights + "; at least one member needs a weight above 0");
        }
    }

    /** Equal weights. */
    public Average() {
        this(List.of());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the number of weights is not that of the members
     */
    @Override
    public INDArray combine(Head head, List<INDArray> outputs) {
        TaskOutputs.require(head.task(), outputs);
        if (!weights.isEmpty() && weights.size() != outputs.size()) {
            throw new IllegalStateException("average: " + weights.size() + " weights for " + outputs.size()
                    + " members; give one for each member, or none for equal weights");
        }
        double total = weights.isEmpty()
                ? outputs.size()
                : weights.stream().mapToDouble(w -> w).sum();
        double[] mean = new double[(int) outputs.get(0).length()];
        for (int m = 0; m < outputs.size(); m++) {
            double weight = (weights.isEmpty() ? 1 : weights.get(m)) / total;
            double[] values = TaskOutputs.read(outputs.get(m));
            for (int i = 0; i < mean.length; i++) {
                mean[i] += weight * values[i];
            }
        }
        return TaskOutputs.like(outputs.get(0), mean);
    }
}
