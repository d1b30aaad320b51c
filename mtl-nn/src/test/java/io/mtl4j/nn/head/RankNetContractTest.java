package io.mtl4j.nn.head;

import java.util.random.RandomGenerator;

class RankNetContractTest extends LossContract {

    @Override
    LossFunction loss() {
        return new RankNet();
    }

    @Override
    double[] label(RandomGenerator random) {
        return new double[] {random.nextInt(2), 2, random.nextInt(3)};
    }
}
