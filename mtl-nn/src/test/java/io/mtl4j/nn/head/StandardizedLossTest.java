package io.mtl4j.nn.head;

import java.util.List;
import java.util.random.RandomGenerator;

class StandardizedLossTest extends LossContract {

    @Override
    LossFunction loss() {
        return new StandardizedLoss(Losses.huber(1), List.of(1.0, -2.0, 0.0), List.of(2.0, 0.5, 10.0));
    }

    @Override
    double[] label(RandomGenerator random) {
        return new double[] {random.nextGaussian(), 3 * random.nextGaussian(), 0};
    }
}
