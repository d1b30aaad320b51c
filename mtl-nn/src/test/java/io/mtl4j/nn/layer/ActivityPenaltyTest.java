package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ActivityPenaltyTest {

    private final ActivityPenalty spec = new ActivityPenalty(0.3, 0.8);

    private static Pass pass(Binder binder, INDArray mask) {
        return new Pass(new INDArray[0], new INDArray[0], binder.slots(), mask, null, false);
    }

    private static double value(ActivityPenalty spec, Shape shape, INDArray x, INDArray mask) {
        Binder binder = Binder.create();
        Layer layer = spec.bind(shape, binder);
        Pass pass = pass(binder, mask);
        assertSame(x, layer.forward(x, pass));
        return pass.penalty();
    }

    @Test
    void isTheMeanOverExamplesOfTheirSums() {
        INDArray x = Nd4j.createFromArray(new double[][] {{1, -2}, {0, 3}});
        assertEquals((0.3 * 6 + 0.4 * 14) / 2, value(spec, Shape.vector(2), x, null), 1e-12);
    }

    @Test
    void gradientMatchesFiniteDifferencesWhereItIsCollected() {
        INDArray x = Nd4j.createFromArray(0.5, -1.5, 2, 0.1, -0.7, 1.2, 0.9, -2).reshape('c', 2, 2, 2);
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1}, {1, 0}});
        Shape shape = Shape.sequence(2);
        Binder binder = Binder.create();
        Layer layer = spec.bind(shape, binder);
        Pass pass = pass(binder, mask);
        layer.forward(x, pass);
        INDArray gradient = Nd4j.ones(x.dataType(), x.shape());
        pass.collectPenalties(false);
        assertEquals(gradient, layer.backward(gradient, pass));
        pass.collectPenalties(true);
        INDArray found = layer.backward(gradient, pass);
        for (long i = 0; i < x.length(); i++) {
            double slope = Slopes.of(() -> value(spec, shape, x, mask), x, i);
            assertEquals(1 + slope, found.getDouble(i), 1e-8);
        }
    }
}
