package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HighwayTest {

    @Test
    void gradientsMatchFiniteDifferencesAndSinglePrecisionAgrees() {
        GradientCheck.check(new Highway(), Shape.vector(4), 5, 4);
        GradientCheck.check(new Highway(), Shape.sequence(3), 2, 4, 3);
        GradientCheck.check(new Highway(), Shape.vector(1), 1, 1);
        PrecisionCheck.check(new Highway(), Shape.vector(9), 7, 9);
    }

    @Test
    void weighsTransformAndInput() {
        LayerRun run = new LayerRun(new Highway(), Shape.vector(1), DataType.DOUBLE);
        run.value("transform.W").assign(3);
        run.value("transform.b").assign(1);
        run.value("gate.W").assign(0);
        run.value("gate.b").assign(2 - Math.log(3)); // a gate that is open by a quarter
        INDArray y = run.forward(Nd4j.createFromArray(new double[][] {{2}, {-4}}), null);
        assertEquals(0.25 * 7 + 0.75 * 2, y.getDouble(0), 1e-12);
        assertEquals(0.75 * -4, y.getDouble(1), 1e-12);
    }

    @Test
    void refusesWhatHasNoFeatures() {
        assertEquals(
                "highway: input is tokens(3); it takes a vector or a sequence of feature vectors",
                assertThrows(IllegalArgumentException.class, () -> new Highway().bind(Shape.tokens(3), Binder.create()))
                        .getMessage());
    }
}
