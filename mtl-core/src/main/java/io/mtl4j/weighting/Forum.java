package io.mtl4j.weighting;

import io.mtl4j.internal.ConstrainedDescent;
import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Set;

/** See {@link Weightings#forum(double, int, WeightOptimizer)}. */
final class Forum implements LossWeighting {

    static final String NAME = "forum";

    private static final double LIMIT = 50;
    private static final double LEAST_MULTIPLIER = 1e-3;

    private final double phi;
    private final int innerSteps;
    private final LearnedParameters logits;
    private final MovingShares shares = new MovingShares();
    private double[] heldOutWeights = {};

    Forum(double phi, int innerSteps, WeightOptimizer optimizer) {
        this.phi = Require.positive("phi", phi);
        this.innerSteps = innerSteps;
        this.logits = new LearnedParameters(optimizer, 0, -LIMIT, LIMIT);
        if (innerSteps < 1) {
            throw new IllegalArgumentException("inner steps = " + innerSteps + "; it must be at least 1");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Requirement> requirements() {
        return Set.of(Requirement.HELD_OUT);
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.of(step);
        heldOutWeights = new double[present.tasks()];
        if (present.size() == 0) {
            return new double[present.tasks()];
        }
        double[] weights = Softmax.of(logits.of(present));
        scale(weights, weights.length);
        double[] all = present.spread(weights);
        double[] slopes = slopes(present, weights, present.pick(step.lookahead().lossesAfter(all, innerSteps)));
        double[][] products = step.lookahead().heldOutProducts(all);
        double multiplier = descend(present, products, slopes, step.epoch());
        scale(slopes, multiplier);
        logits.descend(present, slopes);
        scale(weights, multiplier);
        return present.spread(weights);
    }

    /** {@return the derivative of {@code q = Σ w_k (L_k - L_k(θ_T))} with respect to the logits, θ_T being constant} */
    private static double[] slopes(Present present, double[] weights, double[] after) {
        double[] slopes = new double[weights.length];
        double mean = 0;
        for (int j = 0; j < slopes.length; j++) {
            slopes[j] = present.loss(j) - after[j];
            if (!Double.isFinite(slopes[j])) {
                throw new ArithmeticException("task \"" + present.name(j) + "\": the loss after the inner steps is "
                        + after[j] + "; lower the learning rate or take fewer inner steps");
            }
            mean += weights[j] * slopes[j] / weights.length;
        }
        for (int j = 0; j < slopes.length; j++) {
            slopes[j] = weights[j] * (slopes[j] - mean);
        }
        return slopes;
    }

    /** Chooses the weights of the held-out losses, and returns the multiplier of the training loss. */
    private double descend(Present present, double[][] products, double[] slopes, int epoch) {
        int size = present.size();
        double[] inverse = new double[size];
        for (int j = 0; j < size; j++) {
            double square = products[present.number(j)][present.number(j)];
            if (!Double.isFinite(square)) {
                throw new ArithmeticException(
                        "task \"" + present.name(j) + "\": the held-out gradient's squared norm is " + square
                                + "; lower the learning rate or check the held-out data");
            }
            inverse[j] = square > 0 ? 1 / Math.sqrt(square) : 0;
        }
        double[][] gramian = new double[size][size];
        double[] across = new double[size];
        for (int i = 0; i < size; i++) {
            double[] row = products[present.number(i)];
            across[i] = row[present.tasks()] * inverse[i];
            for (int j = 0; j < size; j++) {
                gramian[i][j] = row[present.number(j)] * inverse[i] * inverse[j];
            }
        }
        double square = products[present.tasks()][present.tasks()]
                + Arrays.stream(slopes).map(s -> s * s).sum();
        ConstrainedDescent problem = new ConstrainedDescent(gramian, across, square, phi);
        double[] chosen = shares.move(present, problem.shares(), Math.pow(epoch + 1, -0.75));
        for (int j = 0; j < size; j++) {
            heldOutWeights[present.number(j)] = chosen[j] * inverse[j];
        }
        return Math.max(LEAST_MULTIPLIER, problem.multiplier(chosen));
    }

    private static void scale(double[] values, double factor) {
        for (int j = 0; j < values.length; j++) {
            values[j] *= factor;
        }
    }

    @Override
    public double[] heldOutWeights() {
        return heldOutWeights.clone();
    }

    @Override
    public MethodState state() {
        return shares.save(logits.save(MethodState.empty(NAME)));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        logits.restore(state);
        shares.restore(state);
    }
}
