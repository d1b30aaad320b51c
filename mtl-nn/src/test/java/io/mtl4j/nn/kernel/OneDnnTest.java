package io.mtl4j.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** oneDNN takes addresses in the memory of the CPU, so it may never be chosen where arrays are on a GPU. */
class OneDnnTest {

    @ParameterizedTest
    @EnumSource(value = ExecutionerType.class, names = "NATIVE_CPU", mode = EnumSource.Mode.EXCLUDE)
    void noBackendButTheCpuIsServed(ExecutionerType other) {
        assertFalse(OneDnn.usable(other, "true"));
    }

    @Test
    void whoSwitchesItOffIsNotServed() {
        assertFalse(OneDnn.usable(ExecutionerType.NATIVE_CPU, "false"));
    }

    @Test
    void arraysOfOtherPrecisionAreNotServed() {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT16, DataType.INT32}) {
            assertFalse(OneDnn.serves(Nd4j.zeros(type, 2)), type::name);
        }
    }

    @Test
    void theAnswerIsThatOfTheBackendAtHand() {
        boolean usable = OneDnn.usable(Nd4j.getExecutioner().type(), System.getProperty("mtl4j.onednn", "true"));
        assertEquals(usable, OneDnn.serves(Nd4j.zeros(DataType.FLOAT, 2)));
    }
}
