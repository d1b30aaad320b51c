package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Labels with a number for each output: {@code [batch, outputs]}, or {@code [batch]} if there is one output. */
final class ElementLabels {

    private ElementLabels() {}

    /**
     * Checks shape and values; NaN is missing.
     *
     * @param low the least value allowed
     * @param high the greatest value allowed
     * @param rule what values must be, for the message
     */
    static void check(Task task, INDArray labels, INDArray mask, long batch, double low, double high, String rule) {
        int outputs = task.outputs();
        boolean one = outputs == 1 && Arrays.equals(labels.shape(), new long[] {batch});
        if (!one && !Arrays.equals(labels.shape(), new long[] {batch, outputs})) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": labels of shape "
                    + Arrays.toString(labels.shape()) + " for " + batch + " examples; give [" + batch + ", " + outputs
                    + "]" + (outputs == 1 ? " or [" + batch + "]" : ""));
        }
        LabelCheck.mask(task, mask, labels.shape());
        LabelMask there = LabelMask.of(mask, labels.shape());
        double[] values = HeapArray.read(labels);
        for (int i = 0; i < values.length; i++) {
            double y = values[i];
            if (there.at(i) && !Double.isNaN(y) && !(y >= low && y <= high)) {
                throw new IllegalArgumentException("task \"" + task.name() + "\": label " + y + " at example "
                        + i / outputs + (outputs == 1 ? "" : ", output " + i % outputs) + "; " + rule);
            }
        }
    }
}
