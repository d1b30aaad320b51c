package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenseTest {

    @ParameterizedTest
    @EnumSource(Activation.class)
    void gradientsMatchFiniteDifferencesForEveryActivation(Activation activation) {
        GradientCheck.check(new Dense(4, activation, Initializer.GLOROT_UNIFORM), Shape.vector(3), 5, 3);
    }

    @Test
    void worksOnEveryStepOfASequenceAndOnFlattenedPictures() {
        Dense dense = new Dense(4, Activation.TANH, Initializer.GLOROT_UNIFORM);
        GradientCheck.check(dense, Shape.sequence(3), 2, 5, 3);
        GradientCheck.check(dense, Shape.image(2, 3, 3), 2, 2, 3, 3);
    }

    @Test
    void chainsPropagateThroughAllLayers() {
        Chain chain = Chain.of(
                new Dense(4, Activation.GELU, Initializer.GLOROT_UNIFORM),
                new Dense(2, Activation.SIGMOID, Initializer.GLOROT_UNIFORM));
        GradientCheck.check(chain, Shape.vector(3), 5, 3);
    }

    @Test
    void refusesTokensAndBadSizes() {
        assertEquals(
                "dense: units = 0; it must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> new Dense(0, Activation.RELU, Initializer.HE_NORMAL))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Dense(1, Activation.RELU, Initializer.HE_NORMAL).bind(Shape.tokens(3), Binder.create()));
    }
}
