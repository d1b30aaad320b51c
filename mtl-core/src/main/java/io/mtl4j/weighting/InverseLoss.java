package io.mtl4j.weighting;

import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/** See {@link Weightings#inverseLoss(double)}. */
final class InverseLoss implements LossWeighting {

    static final String NAME = "inverse-loss";

    private final double epsilon;

    InverseLoss(double epsilon) {
        // At least the least normal number, so that its inverse is finite.
        this.epsilon = Require.within("epsilon", Require.positive("epsilon", epsilon), Double.MIN_NORMAL, 1e300);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.nonNegative(step, NAME);
        return present.spread(Arrays.stream(present.losses())
                .map(loss -> 1 / (loss + epsilon))
                .toArray());
    }
}
