package io.mtl4j.weighting;

import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/** See {@link Weightings#equal()}. */
final class EqualWeighting implements LossWeighting {

    static final String NAME = "equal";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.of(step);
        double[] ones = new double[present.size()];
        Arrays.fill(ones, 1);
        return present.spread(ones);
    }
}
