package io.mtl4j.nn.head;

import java.util.List;
import java.util.random.RandomGenerator;

class CrossEntropyContractTest extends LossContract {

    @Override
    LossFunction loss() {
        return new CrossEntropy(0.1, List.of(0.5, 2.0, 1.5));
    }

    @Override
    double[] label(RandomGenerator random) {
        return new double[] {random.nextInt(OUTPUTS)};
    }
}
