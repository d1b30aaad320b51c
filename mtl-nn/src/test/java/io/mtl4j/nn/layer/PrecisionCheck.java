package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.kernel.ImageLayout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares single with double precision, between which the native library often takes different code. */
final class PrecisionCheck {

    private PrecisionCheck() {}

    static void check(LayerSpec spec, Shape input, long... inputShape) {
        check(1e-5, spec, input, inputShape);
    }

    static void check(double tolerance, LayerSpec spec, Shape input, long... inputShape) {
        Binder binder = Binder.create();
        Layer layer = spec.bind(input, binder);
        SinglePass exact = new SinglePass(layer, binder, true);
        SinglePass single = new SinglePass(layer, binder, true, DataType.FLOAT);
        INDArray x = GradientCheck.array(GradientCheck.random(3), 1, inputShape);
        INDArray y = layer.forward(x, exact.pass());
        assertClose(tolerance, "output", y, ImageLayout.plain(layer.forward(x.castTo(DataType.FLOAT), single.pass())));
        INDArray r = GradientCheck.array(GradientCheck.random(4), 1, y.shape());
        INDArray dx = layer.backward(r, exact.pass());
        assertClose(tolerance, "input", dx, ImageLayout.plain(layer.backward(r.castTo(DataType.FLOAT), single.pass())));
        for (Parameter p : binder.parameters()) {
            assertClose(tolerance, p.name(), exact.gradient(p.name()), single.gradient(p.name()));
        }
        for (Buffer b : binder.buffers()) {
            assertClose(tolerance, b.name(), exact.buffer(b.name()), single.buffer(b.name()));
        }
    }

    private static void assertClose(double tolerance, String what, INDArray exact, INDArray single) {
        assertEquals(DataType.FLOAT, single.dataType(), what);
        double worst = exact.sub(single.castTo(DataType.DOUBLE)).amaxNumber().doubleValue();
        assertEquals(0, worst / Math.max(1, exact.amaxNumber().doubleValue()), tolerance, what);
    }
}
