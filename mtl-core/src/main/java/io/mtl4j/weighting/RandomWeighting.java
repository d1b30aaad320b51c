package io.mtl4j.weighting;

import io.mtl4j.step.TrainingStep;
import java.util.random.RandomGenerator;

/** See {@link Weightings#rlw()}. */
final class RandomWeighting implements LossWeighting {

    static final String NAME = "rlw";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.of(step);
        RandomGenerator random = step.random();
        double[] normal = new double[present.size()];
        for (int j = 0; j < normal.length; j++) {
            normal[j] = random.nextGaussian();
        }
        return present.spread(Softmax.of(normal));
    }
}
