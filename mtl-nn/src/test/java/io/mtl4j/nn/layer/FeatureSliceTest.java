package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FeatureSliceTest {

    @Test
    void takesTheFeaturesAndGivesTheOthersNoGradient() {
        LayerRun run = new LayerRun(new FeatureSlice(1, 2), Shape.vector(4), DataType.DOUBLE);
        INDArray y = run.forward(Nd4j.createFromArray(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}}), null);
        assertEquals(Nd4j.createFromArray(new double[][] {{2, 3}, {6, 7}}), y);
        assertEquals(Nd4j.createFromArray(new double[][] {{0, 2, 3, 0}, {0, 6, 7, 0}}), run.backward(y));
        assertEquals(Shape.vector(2), run.layer().outputShape());
    }

    @Test
    void gradientsMatchFiniteDifferencesAndSinglePrecisionAgrees() {
        GradientCheck.check(new FeatureSlice(2, 3), Shape.sequence(6), 2, 4, 6);
        GradientCheck.check(new FeatureSlice(0, 1), Shape.sequence(1), 1, 1, 1);
        PrecisionCheck.check(new FeatureSlice(3, 5), Shape.sequence(9), 2, 4, 9);
    }

    @Test
    void computesNoUnwantedGradientAndRefusesFeaturesThatAreNotThere() {
        Binder binder = Binder.create().dataInput(true);
        Layer layer = new FeatureSlice(0, 1).bind(Shape.vector(2), binder);
        SinglePass pass = new SinglePass(layer, binder, true);
        assertNull(layer.backward(layer.forward(Nd4j.ones(DataType.DOUBLE, 1, 2), pass.pass()), pass.pass()));
        assertEquals(
                "feature slice: input is sequence(4); it takes a vector or a sequence of at least 5 features",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new FeatureSlice(3, 2).bind(Shape.sequence(4), Binder.create()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new FeatureSlice(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> new FeatureSlice(0, 0));
    }
}
