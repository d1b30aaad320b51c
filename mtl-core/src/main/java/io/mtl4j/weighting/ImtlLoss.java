package io.mtl4j.weighting;

import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;

/** See {@link Weightings#imtlL(WeightOptimizer)}. */
final class ImtlLoss implements LossWeighting {

    static final String NAME = "imtl-l";

    private static final double LIMIT = 50;

    private final LearnedParameters scales;

    ImtlLoss(WeightOptimizer optimizer) {
        this.scales = new LearnedParameters(optimizer, 0, -LIMIT, LIMIT);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.nonNegative(step, NAME);
        double[] s = scales.of(present);
        double[] weights = new double[s.length];
        double[] gradients = new double[s.length];
        for (int j = 0; j < s.length; j++) {
            weights[j] = Math.exp(s[j]);
            gradients[j] = weights[j] * present.loss(j) - 1;
        }
        scales.descend(present, gradients);
        return present.spread(weights);
    }

    @Override
    public MethodState state() {
        return scales.save(MethodState.empty(NAME));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        scales.restore(state);
    }
}
