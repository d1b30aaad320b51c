package io.mtl4j.weighting;

import io.mtl4j.internal.MinNormPoint;
import io.mtl4j.step.Lookahead;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Set;

/** See {@link Weightings#moml(WeightOptimizer)}. */
final class Moml implements LossWeighting {

    static final String NAME = "moml";

    private final MetaWeights lambda;

    Moml(WeightOptimizer optimizer) {
        this.lambda = new MetaWeights(optimizer);
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
        if (present.size() > 0) {
            lambda.descend(present, commonDescent(step.lookahead(), present, lambda.weights(present)));
        }
        return lambda.weights(present);
    }

    /** {@return the point of least norm in the hull of the single held-out losses' hypergradients, {@code [K]}} */
    private static double[] commonDescent(Lookahead lookahead, Present present, double[] current) {
        int size = present.size();
        double[][] single = new double[size][present.tasks()];
        for (int j = 0; j < size; j++) {
            single[j][present.number(j)] = 1;
        }
        double[][] rows = lookahead.hypergradients(current, single);
        double[] shares = shares(rows);
        double[] common = new double[present.tasks()];
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < common.length; k++) {
                common[k] += shares[j] * rows[j][k];
            }
        }
        return common;
    }

    private static double[] shares(double[][] rows) {
        double[][] gramian = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                for (int k = 0; k < rows[i].length; k++) {
                    gramian[i][j] += rows[i][k] * rows[j][k];
                }
            }
        }
        return MinNormPoint.weights(gramian);
    }

    @Override
    public MethodState state() {
        return lambda.save(MethodState.empty(NAME));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        lambda.restore(state);
    }
}
