package io.mtl4j.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassNamesTest {

    @Test
    void numbersNamesInTheOrderOfTheirCharacters() {
        ClassNames names = ClassNames.of(List.of("b", "O", "b", "a"));
        assertEquals(List.of("O", "a", "b"), names.names());
        assertArrayEquals(
                new float[] {2, 0},
                names.labels(List.of("b", "O")).gather(new int[] {0, 1}).toFloatVector());
        assertArrayEquals(
                new float[][] {{1, 0}, {2, 1}},
                names.tags(List.of(List.of("a"), List.of("b", "a")))
                        .gather(new int[] {0, 1})
                        .toFloatMatrix());
    }

    @Test
    void unknownEmptyAndDoubleNamesAreRefused() {
        ClassNames names = new ClassNames(List.of("x", "y"));
        assertEquals(
                "class \"z\" is unknown; known are [x, y]: leave such examples out, or make the names from all labels",
                assertThrows(IllegalArgumentException.class, () -> names.number("z"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ClassNames(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new ClassNames(List.of("x", "x")));
    }
}
