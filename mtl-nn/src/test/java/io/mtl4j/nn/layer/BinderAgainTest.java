package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BinderAgainTest {

    private final Binder binder = Binder.create();

    @Test
    void findsWhatWasDeclaredAndGivesPlacesOfItsOwn() {
        LayerSpec spec = Chain.of(Conv2d.of(2, 3), BatchNorm.of(Activation.RELU));
        spec.bind(Shape.image(1, 4, 4), binder.child("stage"));
        int parameters = binder.parameters().size();
        int buffers = binder.buffers().size();
        int lines = binder.descriptions().size();
        int slots = binder.slots();
        spec.bind(Shape.image(1, 4, 4), binder.child("stage").again());
        assertEquals(parameters, binder.parameters().size());
        assertEquals(buffers, binder.buffers().size());
        assertEquals(lines, binder.descriptions().size());
        assertNotEquals(slots, binder.slots());
    }

    @Test
    void saysWhatIsNotThere() {
        Binder again = binder.child("stage").again();
        assertEquals(
                "nothing is declared as \"stage.b\"; bind a layer once before it is bound again",
                assertThrows(IllegalStateException.class, () -> again.bias("b", Initializer.ZEROS, 3))
                        .getMessage());
    }
}
