package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.mtl4j.step.Jacobian.ColumnRange;
import io.mtl4j.step.Jacobian.Granularity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class DeviceJacobianTest {

    private final DeviceJacobian jacobian = new DeviceJacobian(
            Nd4j.createFromArray(new double[][] {{1, 2, 0}, {0, -1, 3}}),
            granularity -> List.of(new ColumnRange("first", 0, 2), new ColumnRange("second", 2, 3)));

    @Test
    void theGramianFollowsTheRowsWhenTheyAreScaled() {
        assertArrayEquals(new double[][] {{5, -2}, {-2, 10}}, jacobian.gramian());
        jacobian.scaleRows(new double[] {2, 0.5});
        assertArrayEquals(new double[][] {{20, -2}, {-2, 2.5}}, jacobian.gramian());
    }

    @Test
    void everyGramianIsACopyThatTheCallerMayOverwrite() {
        double[][] first = jacobian.gramian();
        first[0][0] = -7;
        assertNotSame(first, jacobian.gramian());
        assertArrayEquals(new double[][] {{5, -2}, {-2, 10}}, jacobian.gramian());
    }

    @Test
    void aSliceHasTheGroupsThatLieInIt() {
        assertEquals(
                List.of(new ColumnRange("first", 0, 1), new ColumnRange("second", 1, 2)),
                jacobian.slice(1, 3).groups(Granularity.LAYER));
        assertArrayEquals(
                new double[][] {{4, -2}, {-2, 10}}, jacobian.slice(1, 3).gramian());
        assertEquals(
                List.of(new ColumnRange("second", 0, 1)),
                jacobian.slice(1, 3).slice(1, 2).groups(Granularity.LAYER));
    }
}
