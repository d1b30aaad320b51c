package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LayerMixTest {

    @Test
    void gradientsMatchFiniteDifferences() {
        GradientCheck.check(new LayerMix(3), Shape.sequence(6), 2, 4, 6);
        GradientCheck.check(new LayerMix(2), Shape.vector(8), 3, 8);
        GradientCheck.check(new LayerMix(1), Shape.sequence(2), 1, 1, 2);
    }

    @Test
    void singlePrecisionAgreesWithDouble() {
        PrecisionCheck.check(new LayerMix(3), Shape.sequence(12), 3, 5, 12);
    }

    @Test
    void mixesByTheSoftmaxOfItsWeightsAndStartsWithTheMean() {
        LayerRun run = new LayerRun(new LayerMix(2), Shape.vector(4), DataType.DOUBLE);
        INDArray x = Nd4j.createFromArray(new double[][] {{1, 2, 30, 40}});
        run.value("w").assign(Nd4j.createFromArray(Math.log(3), 0.0));
        run.value("gamma").assign(2);
        assertTrue(Nd4j.createFromArray(new double[][] {{16.5, 23}}).equalsWithEps(run.forward(x, null), 1e-12));
        assertEquals(Initializer.ZEROS, run.binder().parameters().get(0).initializer());
        assertEquals(Initializer.ONES, run.binder().parameters().get(1).initializer());
    }

    @Test
    void computesNoUnwantedGradientAndRefusesWhatCannotBeMixed() {
        Binder binder = Binder.create();
        Layer layer = new LayerMix(2).bind(Shape.vector(4), binder.dataInput(true));
        SinglePass pass = new SinglePass(layer, binder, true);
        layer.forward(Nd4j.ones(DataType.DOUBLE, 1, 4), pass.pass());
        assertNull(layer.backward(Nd4j.ones(DataType.DOUBLE, 1, 2), pass.pass()));
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> new LayerMix(3).bind(Shape.sequence(4), Binder.create()))
                .getMessage()
                .contains("sequence(4); it takes a vector or a sequence whose features are those of 3 layers"));
        assertThrows(IllegalArgumentException.class, () -> new LayerMix(0));
    }
}
