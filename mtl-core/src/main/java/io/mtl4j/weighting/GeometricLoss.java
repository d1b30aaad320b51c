package io.mtl4j.weighting;

import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/** See {@link Weightings#gls()}. */
final class GeometricLoss implements LossWeighting {

    static final String NAME = "gls";

    /** Losses below this part of the greatest count as this part. */
    private static final double FLOOR = 1e-12;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.nonNegative(step, NAME);
        double greatest = present.greatestLoss();
        double[] logs = Arrays.stream(present.losses())
                .map(loss -> greatest == 0 ? 0 : Math.log(Math.max(loss / greatest, FLOOR)))
                .toArray();
        double mean = Arrays.stream(logs).average().orElse(0);
        return present.spread(Arrays.stream(logs)
                .map(log -> Math.exp(mean - log) / logs.length)
                .toArray());
    }
}
