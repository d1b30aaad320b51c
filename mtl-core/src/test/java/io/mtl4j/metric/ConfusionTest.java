package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTest {
    private final long[][] matrix = {{5, 2, 0}, {1, 3, 0}, {0, 0, 4}};
    private final Confusion confusion = new Confusion(List.of("cat", "dog", "owl"), matrix);

    @Test
    void rowsAreTrueClassesAndColumnsPredictedOnes() {
        assertEquals(2, confusion.count(0, 1));
        assertEquals(
                List.of(new Counts(5, 1, 2), new Counts(3, 2, 1), new Counts(4, 0, 0)),
                confusion.classes().counts());
        assertEquals(12.0 / 15, confusion.accuracy(), 1e-15);
        assertEquals(Double.NaN, new Confusion(List.of("a"), new long[1][1]).accuracy());
    }

    @Test
    void matrixIsCopiedInAndOut() {
        matrix[0][0] = 99;
        confusion.matrix()[0][0] = 99;
        assertEquals(5, confusion.count(0, 0));
    }

    @Test
    void equalMatricesAreEqual() {
        Confusion same = new Confusion(confusion.names(), confusion.matrix());
        assertEquals(confusion, same);
        assertEquals(confusion.hashCode(), same.hashCode());
        matrix[2][2] = 5;
        assertNotEquals(confusion, new Confusion(confusion.names(), matrix));
    }

    @Test
    void reportAlignsNamesAndCounts() {
        assertEquals("""
                    cat dog owl
                cat   5   2   0
                dog   1   3   0
                owl   0   0   4
                """, confusion.report());
    }

    @Test
    void badSizesAndCountsAreRefused() {
        List<String> two = List.of("a", "b");
        assertThrows(IllegalArgumentException.class, () -> new Confusion(two, new long[3][3]));
        assertThrows(IllegalArgumentException.class, () -> new Confusion(two, new long[2][3]));
        assertThrows(IllegalArgumentException.class, () -> new Confusion(two, new long[][] {{1, 0}, {-1, 0}}));
    }
}
