package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallLayersTest {

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationLayersPropagate(Activation activation) {
        GradientCheck.check(new ActivationLayer(activation), Shape.image(2, 3, 3), 2, 2, 3, 3);
    }

    @Test
    void flattenPropagates() {
        GradientCheck.check(new Flatten(), Shape.image(2, 3, 4), 2, 2, 3, 4);
        GradientCheck.check(new Flatten(), Shape.vector(5), 2, 5);
        assertEquals(
                Shape.vector(24),
                new Flatten().bind(Shape.image(2, 3, 4), Binder.create()).outputShape());
        assertEquals(
                "flatten: input is sequence(4); it takes pictures, since sequences have no fixed length",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Flatten().bind(Shape.sequence(4), Binder.create()))
                        .getMessage());
    }

    @Test
    void reshapePropagates() {
        GradientCheck.check(new Reshape(Shape.image(2, 3, 4)), Shape.vector(24), 2, 24);
        GradientCheck.check(new Reshape(Shape.image(6, 2, 1)), Shape.image(3, 2, 2), 1, 3, 2, 2);
        assertEquals(
                "reshape: input is vector(23) of 23 elements, and image(2, 3, 4) has 24; give a shape of as many",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Reshape(Shape.image(2, 3, 4)).bind(Shape.vector(23), Binder.create()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Reshape(Shape.sequence(4)));
    }

    @Test
    void regularizedMarksWeightsAndNotBiases() {
        Binder binder = Binder.create();
        new Regularized(Conv2d.of(2, 3), 0.1, 0.2).bind(Shape.image(1, 4, 4), binder);
        assertEquals(
                new Parameter.Penalty(true, 0.1, 0.2),
                binder.parameters().get(0).penalty());
        assertEquals(
                new Parameter.Penalty(false, 0, 0), binder.parameters().get(1).penalty());
        assertEquals(
                "l2 = -1.0; it must be finite and at least 0",
                assertThrows(IllegalArgumentException.class, () -> new Regularized(new Flatten(), 0, -1))
                        .getMessage());
    }
}
