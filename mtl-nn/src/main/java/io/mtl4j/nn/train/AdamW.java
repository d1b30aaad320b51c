package io.mtl4j.nn.train;

import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.ParameterLayout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019, algorithm 2): {@code θ ← θ - η (λ θ + m̂ / (√v̂ +
 * ε))}, where η follows the schedule for both terms, as in PyTorch. Weights decay; biases and the scales and offsets of
 * normalisers do not. The ε is DL4J's, which adds it to √v before the bias correction (the form at the end of section 2 of
 * Kingma and Ba, ICLR 2015).
 *
 * @param learningRate η, positive
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon ε, positive
 * @param weightDecay λ, at least 0
 */
public record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements Optimizer {

    /** Checks the values. */
    public AdamW {
        require(
                learningRate > 0 && Double.isFinite(learningRate),
                "learning rate",
                learningRate,
                "positive and finite");
        require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
        require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "positive and finite");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "weight decay", weightDecay, "at least 0 and finite");
    }

    /**
     * AdamW with the usual moments: 0.9, 0.999, 1e-8.
     *
     * @param learningRate η
     * @param weightDecay λ
     */
    public AdamW(double learningRate, double weightDecay) {
        this(learningRate, 0.9, 0.999, 1e-8, weightDecay);
    }

    private static void require(boolean holds, String name, double value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("AdamW: " + name + " = " + value + "; it must be " + rule);
        }
    }

    @Override
    public Run start(ParameterLayout layout, DataType type) {
        Run adam = new UpdaterOptimizer(new Adam(learningRate, beta1, beta2, epsilon)).start(layout, type);
        INDArray decays = Nd4j.zeros(type, layout.trainedLength());
        for (Parameter p : layout.parameters()) {
            if (p.trained() && p.penalty().decays()) {
                long from = layout.offset(p);
                decays.get(NDArrayIndex.interval(from, from + p.length())).assign(1);
            }
        }
        return new Running(adam, decays, weightDecay);
    }

    private record Running(Run adam, INDArray decays, double weightDecay) implements Run {

        @Override
        public void update(INDArray parameters, INDArray gradient, double rate, long step) {
            if (weightDecay > 0) {
                parameters.muli(decays.mul(-rate * weightDecay).addi(1));
            }
            adam.update(parameters, gradient, rate, step);
        }

        @Override
        public INDArray state() {
            return adam.state();
        }
    }
}
