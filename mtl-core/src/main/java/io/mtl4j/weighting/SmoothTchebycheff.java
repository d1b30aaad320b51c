package io.mtl4j.weighting;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/** See {@link Weightings#stch(double, int)}. */
final class SmoothTchebycheff implements LossWeighting {

    static final String NAME = "stch";

    private static final double EPSILON = 1e-20;

    private final double mu;
    private final int warmupEpochs;
    private final EpochMeans nadir = new EpochMeans("nadir");

    SmoothTchebycheff(double mu, int warmupEpochs) {
        this.mu = Require.positive("mu", mu);
        this.warmupEpochs = Require.atLeast("warmupEpochs", warmupEpochs, 0);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.nonNegative(step, NAME);
        if (step.epoch() <= warmupEpochs) {
            if (step.epoch() == warmupEpochs) {
                nadir.add(present);
            }
            return present.spread(Arrays.stream(present.losses())
                    .map(loss -> 1 / (loss + EPSILON))
                    .toArray());
        }
        nadir.addMissing(present);
        return present.spread(scalarized(present));
    }

    private double[] scalarized(Present present) {
        int size = present.size();
        double[] bases = new double[size];
        double[] ratios = new double[size];
        for (int j = 0; j < size; j++) {
            bases[j] = Math.max(nadir.mean(present.number(j)), EPSILON);
            ratios[j] = present.loss(j) / bases[j] + EPSILON;
        }
        double[] weights =
                Softmax.of(Arrays.stream(ratios).map(r -> Math.log(r) / mu).toArray());
        for (int j = 0; j < size; j++) {
            weights[j] *= size / (ratios[j] * bases[j]);
        }
        return weights;
    }

    @Override
    public MethodState state() {
        return nadir.save(MethodState.empty(NAME));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        nadir.restore(state);
    }
}
