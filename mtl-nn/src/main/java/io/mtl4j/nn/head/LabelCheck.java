package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks that all kinds of tasks share. */
final class LabelCheck {

    private LabelCheck() {}

    /** Checks a mask's shape, a prefix of the given one, and that it is made of 0 and 1. */
    static void mask(Task task, INDArray mask, long... shape) {
        if (mask == null) {
            return;
        }
        try {
            LabelMask.of(mask, shape);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": " + e.getMessage(), e);
        }
        for (double m : HeapArray.read(mask)) {
            if (m != 0 && m != 1) {
                throw new IllegalArgumentException("task \"" + task.name() + "\": label mask "
                        + Arrays.toString(mask.shape()) + " holds " + m
                        + "; it must be 1 where there is a label and 0 where there is none");
            }
        }
    }
}
