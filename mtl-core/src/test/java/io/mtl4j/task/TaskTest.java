package io.mtl4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Example;

class TaskTest {

    private static final Task PET = new Task("pet", TaskKind.MULTI_CLASS, "cross-entropy", 2);

    @Example
    void aCopyDiffersInWhatItIsAskedFor() {
        Task copy = PET.withLoss("focal")
                .withClassNames(List.of("cat", "dog"))
                .withMetric("loss", Direction.LOWER_IS_BETTER);
        assertEquals(
                new Task(
                        "pet",
                        TaskKind.MULTI_CLASS,
                        "focal",
                        2,
                        List.of("cat", "dog"),
                        "loss",
                        Direction.LOWER_IS_BETTER),
                copy);
        assertEquals(new Task("pet", TaskKind.MULTI_CLASS, "cross-entropy", 2), PET);
    }

    @Example
    void aCopyIsCheckedToo() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> PET.withClassNames(List.of("cat")));
        assertTrue(e.getMessage().contains("task \"pet\": 1 class names for 2 outputs"), e.getMessage());
    }
}
