package io.mtl4j.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StandardizerTest {

    @Test
    void fitsColumnsAndLeavesMissingValuesOut() {
        INDArray table = Nd4j.createFromArray(new double[][] {{1, 5, 7}, {3, 5, Double.NaN}, {5, 5, 9}});
        Standardizer fitted = Standardizer.fit(table);
        assertEquals(List.of(3.0, 5.0, 8.0), fitted.mean());
        assertEquals(Math.sqrt(8.0 / 3), fitted.std().get(0), 1e-12);
        assertEquals(1, fitted.std().get(1));
        assertEquals(1, fitted.std().get(2));
    }

    @Test
    void appliesToChannelsOfPicturesAndBack() {
        SplittableRandom random = new SplittableRandom(2);
        INDArray pictures = Nd4j.create(DataType.DOUBLE, 6, 3, 4, 5);
        for (int i = 0; i < pictures.length(); i++) {
            pictures.putScalar(i, 3 + 2 * random.nextDouble());
        }
        INDArray before = pictures.dup();
        Standardizer fitted = Standardizer.fit(pictures);
        INDArray standard = fitted.apply(pictures);
        assertEquals(before, pictures);
        Standardizer after = Standardizer.fit(standard);
        for (int c = 0; c < 3; c++) {
            assertEquals(0, after.mean().get(c), 1e-9);
            assertEquals(1, after.std().get(c), 1e-9);
        }
        assertTrue(fitted.invert(standard).equalsWithEps(pictures, 1e-9));
        assertEquals(fitted.apply(1, pictures.getDouble(2, 1, 3, 4)), standard.getDouble(2, 1, 3, 4), 1e-12);
    }

    @Test
    void largeOffsetsDoNotCancel() {
        INDArray column = Nd4j.createFromArray(new double[][] {{1e9 + 1}, {1e9 + 2}, {1e9 + 3}});
        assertEquals(Math.sqrt(2.0 / 3), Standardizer.fit(column).std().get(0), 1e-9);
    }

    @Test
    void badValuesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Standardizer(List.of(1.0), List.of(0.0)));
        assertThrows(IllegalArgumentException.class, () -> new Standardizer(List.of(Double.NaN), List.of(1.0)));
        assertThrows(IllegalArgumentException.class, () -> new Standardizer(List.of(1.0, 2.0), List.of(1.0)));
        assertThrows(IllegalArgumentException.class, () -> new Standardizer(List.of(), List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> Standardizer.fit(Nd4j.createFromArray(new double[][] {{Double.NaN}})));
        assertThrows(
                IllegalArgumentException.class,
                () -> Standardizer.fit(Nd4j.createFromArray(new double[][] {{Double.POSITIVE_INFINITY}})));
        assertThrows(IllegalArgumentException.class, () -> Standardizer.fit(Nd4j.ones(3)));
        assertThrows(IllegalArgumentException.class, () -> Standardizer.mnist().apply(Nd4j.ones(2, 3)));
    }
}
