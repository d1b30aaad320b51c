package io.mtl4j.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.layer.Arena;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LayoutsTest {

    private static final long LINE = 64;

    @Test
    void roomStartsAtALineOfTheCacheWhateverLiesBeforeItInTheArena() {
        for (int cycle = 0; cycle < 2; cycle++) { // the arena has its memory from the second on
            try (MemoryWorkspace arena = Arena.open("LAYOUTS")) {
                for (int before = 1; before < 40; before += 3) {
                    Nd4j.create(DataType.FLOAT, before);
                    INDArray room = Layouts.aligned(100);
                    assertEquals(100, room.length());
                    assertEquals(0, (room.data().address() + 4 * room.offset()) % LINE, "behind " + before);
                }
            }
        }
    }
}
