package io.mtl4j.nn.head;

import java.util.List;
import java.util.random.RandomGenerator;

class SoftLabelContractTest extends LossContract {

    @Override
    LossFunction loss() {
        return new CrossEntropy(0.2, List.of(0.5, 2.0, 1.5));
    }

    @Override
    double[] label(RandomGenerator random) {
        return halves(random.nextInt(OUTPUTS));
    }

    private static double[] halves(int not) {
        double[] q = {0.5, 0.5, 0.5};
        q[not] = 0;
        return q;
    }
}
