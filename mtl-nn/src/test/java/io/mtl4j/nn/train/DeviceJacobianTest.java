package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.mtl4j.nn.model.Fixtures;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class DeviceJacobianTest {

    private final DeviceJacobian jacobian = new DeviceJacobian(
            Nd4j.createFromArray(new double[][] {{1, 2, 0}, {0, -1, 3}}),
            Fixtures.model(DataType.DOUBLE, Fixtures.dense(2)).network().store().layout());

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
}
