package io.mtl4j.weighting;

import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Set;

/** See {@link Weightings#famo(WeightOptimizer)}. */
final class Famo implements LossWeighting {

    static final String NAME = "famo";

    private static final double EPSILON = 1e-8;
    /** Far beyond where a softmax is one-hot; keeps it from overflow. */
    private static final double LIMIT = 1e6;

    private final LearnedParameters logits;
    private Present before;

    Famo(WeightOptimizer optimizer) {
        this.logits = new LearnedParameters(optimizer, 0, -LIMIT, LIMIT);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Requirement> requirements() {
        return Set.of(Requirement.LOSSES_AFTER_UPDATE);
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.nonNegative(step, NAME);
        before = present;
        double[] weights = Softmax.of(logits.of(present));
        for (int j = 0; j < weights.length; j++) {
            weights[j] /= present.loss(j) + EPSILON;
        }
        double sum = Arrays.stream(weights).sum();
        return present.spread(Arrays.stream(weights).map(w -> w / sum).toArray());
    }

    @Override
    public void afterUpdate(double[] losses) {
        if (before == null) {
            throw new IllegalStateException("famo: losses after an update without a step before it");
        }
        double[] z = Softmax.of(logits.of(before));
        double[] decrease = new double[z.length];
        double mean = 0;
        for (int j = 0; j < z.length; j++) {
            double after = losses[before.number(j)];
            if (!(after >= 0 && after <= Double.MAX_VALUE)) {
                throw new ArithmeticException("task \"" + before.name(j) + "\": the loss after the update is " + after
                        + "; famo is defined for finite losses of at least 0 only");
            }
            decrease[j] = Math.log(before.loss(j) + EPSILON) - Math.log(after + EPSILON);
            mean += z[j] * decrease[j];
        }
        double[] gradients = new double[z.length];
        for (int j = 0; j < z.length; j++) {
            gradients[j] = z[j] * (decrease[j] - mean);
        }
        logits.descend(before, gradients);
        before = null;
    }

    @Override
    public MethodState state() {
        return logits.save(MethodState.empty(NAME));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        logits.restore(state);
        before = null;
    }
}
