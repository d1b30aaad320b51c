package io.mtl4j.weighting;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;

/** See {@link Weightings#uncertainty(double, WeightOptimizer)}. */
final class UncertaintyWeighting implements LossWeighting {

    static final String NAME = "uncertainty";

    private static final double LIMIT = 50;

    private final LearnedParameters logVariances;

    UncertaintyWeighting(double initial, WeightOptimizer optimizer) {
        Require.within("initial log variance", initial, -LIMIT, LIMIT);
        this.logVariances = new LearnedParameters(optimizer, initial, -LIMIT, LIMIT);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.of(step);
        double[] s = logVariances.of(present);
        double[] weights = new double[s.length];
        double[] gradients = new double[s.length];
        for (int j = 0; j < s.length; j++) {
            weights[j] = 0.5 * Math.exp(-s[j]);
            gradients[j] = 0.5 - weights[j] * present.loss(j);
        }
        logVariances.descend(present, gradients);
        return present.spread(weights);
    }

    @Override
    public MethodState state() {
        return logVariances.save(MethodState.empty(NAME));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        logVariances.restore(state);
    }
}
