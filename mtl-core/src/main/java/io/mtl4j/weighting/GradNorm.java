package io.mtl4j.weighting;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Set;

/** See {@link Weightings#gradNorm(double, WeightOptimizer)}. */
final class GradNorm implements LossWeighting {

    static final String NAME = "grad-norm";

    private static final double LIMIT = 1e6;
    private static final double GREATEST_RATIO = 1e100;

    private final double alpha;
    private final LearnedParameters logits;
    private final EpochMeans initial = new EpochMeans("initial-losses");

    GradNorm(double alpha, WeightOptimizer optimizer) {
        this.alpha = Require.nonNegative("alpha", alpha);
        this.logits = new LearnedParameters(optimizer, 0, -LIMIT, LIMIT);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Requirement> requirements() {
        return Set.of(Requirement.JACOBIAN);
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.nonNegative(step, NAME);
        double[] weights = Softmax.of(logits.of(present));
        for (int j = 0; j < weights.length; j++) {
            weights[j] *= weights.length;
        }
        if (step.epoch() == 0) {
            initial.add(present);
            Arrays.fill(weights, 1);
        } else {
            initial.addMissing(present);
            logits.descend(present, gradients(present, weights, norms(step, present)));
        }
        return present.spread(weights);
    }

    private static double[] norms(TrainingStep step, Present present) {
        double[][] gramian = step.jacobian().gramian();
        double[] norms = new double[present.size()];
        for (int j = 0; j < norms.length; j++) {
            int task = present.number(j);
            norms[j] = Math.sqrt(gramian[task][task]);
            if (!Double.isFinite(norms[j])) {
                throw new ArithmeticException("task \"" + present.name(j) + "\": the gradient's norm is " + norms[j]
                        + "; lower the learning rate or check the data");
            }
        }
        return norms;
    }

    /** {@return the derivative of Σ |w_k n_k - target_k| with respect to the logits, the targets being constant} */
    private double[] gradients(Present present, double[] weights, double[] norms) {
        int size = weights.length;
        double[] rates = rates(present);
        double mean = 0;
        for (int j = 0; j < size; j++) {
            mean += weights[j] * norms[j] / size;
        }
        double[] slopes = new double[size];
        double shared = 0;
        for (int j = 0; j < size; j++) {
            double target = mean * Math.pow(rates[j], alpha);
            slopes[j] = Math.signum(weights[j] * norms[j] - target) * norms[j];
            shared += slopes[j] * weights[j] / size;
        }
        double[] gradients = new double[size];
        for (int j = 0; j < size; j++) {
            gradients[j] = weights[j] * (slopes[j] - shared);
        }
        return gradients;
    }

    /** {@return the relative inverse training rates r, of mean 1} */
    private double[] rates(Present present) {
        double[] rates = new double[present.size()];
        for (int j = 0; j < rates.length; j++) {
            double first = initial.mean(present.number(j));
            rates[j] = first > 0 ? Math.min(present.loss(j) / first, GREATEST_RATIO) : 1;
        }
        double mean = Arrays.stream(rates).average().orElse(0);
        return Arrays.stream(rates).map(rate -> mean > 0 ? rate / mean : 1).toArray();
    }

    @Override
    public MethodState state() {
        return initial.save(logits.save(MethodState.empty(NAME)));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        logits.restore(state);
        initial.restore(state);
    }
}
