package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ResidualTest {

    private static Conv2d conv(int filters, int stride, Activation activation) {
        return new Conv2d(filters, 3, stride, 1, Padding.SAME, true, activation, Initializer.HE_NORMAL);
    }

    @ParameterizedTest(name = "filters {0} stride {1} batchNorm {2}")
    @CsvSource({"2, 1, false", "3, 1, false", "2, 2, false", "3, 2, true", "2, 1, true"})
    void gradientsMatchFiniteDifferences(int filters, int stride, boolean batchNorm) {
        LayerSpec body = Chain.of(conv(filters, stride, Activation.TANH), conv(filters, 1, Activation.IDENTITY));
        Residual block = new Residual(body, Activation.SWISH, Initializer.HE_NORMAL, batchNorm);
        GradientCheck.check(block, Shape.image(2, 5, 4), 2, 2, 5, 4);
    }

    @Test
    void worksOnVectorsAndSequences() {
        Dense body = new Dense(4, Activation.TANH, Initializer.GLOROT_UNIFORM);
        Residual block = new Residual(body, Activation.TANH, Initializer.GLOROT_UNIFORM, false);
        GradientCheck.check(block, Shape.vector(3), 2, 3);
        GradientCheck.check(block, Shape.vector(4), 2, 4);
        GradientCheck.check(block, Shape.sequence(3), 2, 3, 3);
    }

    @Test
    void aBodyThatReturnsTheGradientItselfDoublesIt() {
        Residual block = new Residual(Chain.of(), Activation.IDENTITY, Initializer.ZEROS, false);
        GradientCheck.check(block, Shape.vector(3), 2, 3);
    }

    @Test
    void keepsTheInputWhenTheShapeStaysAndAddsNoParameters() {
        Binder binder = Binder.create();
        new Residual(conv(2, 1, Activation.IDENTITY), Activation.RELU, Initializer.ZEROS, true)
                .bind(Shape.image(2, 4, 4), binder);
        assertTrue(binder.parameters().stream().allMatch(p -> p.name().startsWith("body.")));
    }

    @Test
    void returnsNoGradientOfData() {
        Binder binder = Binder.create();
        Layer layer = new Residual(conv(3, 1, Activation.IDENTITY), Activation.RELU, Initializer.ZEROS, false)
                .bind(Shape.image(2, 4, 4), binder.dataInput(true));
        SinglePass run = new SinglePass(layer, binder, true);
        INDArray y = layer.forward(GradientCheck.array(GradientCheck.random(3), 1, 2, 2, 4, 4), run.pass());
        assertNull(layer.backward(y, run.pass()));
        assertTrue(Double.isFinite(run.gradient("shortcut.W").sumNumber().doubleValue()));
    }

    @Test
    void refusesBodiesThatNoShortcutFits() {
        LayerSpec flat = new Dense(4, Activation.TANH, Initializer.GLOROT_UNIFORM);
        assertEquals(
                "residual: the body makes vector(4) of image(2, 5, 5); a block's input and output must be of one kind,"
                        + " so flatten or pool behind it",
                refusal(flat));
        LayerSpec shrinking = new Conv2d(2, 2, 1, 1, Padding.VALID, true, Activation.RELU, Initializer.HE_NORMAL);
        assertEquals(
                "residual: the body makes image(2, 4, 4) of image(2, 5, 5), the projected shortcut image(2, 5, 5); use"
                        + " SAME padding and a stride in the body, so that the shapes agree",
                refusal(shrinking));
    }

    private static String refusal(LayerSpec body) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new Residual(body, Activation.RELU, Initializer.HE_NORMAL, false)
                                .bind(Shape.image(2, 5, 5), Binder.create()))
                .getMessage();
    }
}
