package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Labels that choose among classes: class numbers {@code [batch]} (or {@code [batch, 1]}), {@code [batch, time]} for an
 * answer at each step, or class probabilities with one more dimension.
 */
final class ClassLabels {

    private static final double SUM_TOLERANCE = 1e-3; // probabilities may come from float files with few digits

    private final Task task;
    private final boolean everyStep;
    private final INDArray labels;
    private final long[] rowShape;

    private ClassLabels(Task task, boolean everyStep, INDArray labels, long[] rowShape) {
        this.task = task;
        this.everyStep = everyStep;
        this.labels = labels;
        this.rowShape = rowShape;
    }

    /** Checks shape and values. */
    static void check(Task task, boolean everyStep, INDArray labels, INDArray mask, long batch) {
        long[] rows = rowShape(labels, everyStep);
        boolean soft = labels.rank() > (everyStep ? 2 : 1) && labels.size(-1) == task.outputs();
        boolean numbers = labels.length() == Arrays.stream(rows).reduce(1, (a, b) -> a * b);
        if (labels.rank() < (everyStep ? 2 : 1) || rows[0] != batch || !(soft || numbers)) {
            String leading = everyStep ? batch + ", time" : String.valueOf(batch);
            throw new IllegalArgumentException("task \"" + task.name() + "\": labels of shape "
                    + Arrays.toString(labels.shape()) + " for " + batch + " examples; give class numbers [" + leading
                    + "] or class probabilities [" + leading + ", " + task.outputs() + "]");
        }
        LabelCheck.mask(task, mask, rows);
        new ClassLabels(task, everyStep, labels, rows).checkValues(LabelMask.of(mask, rows), !numbers);
    }

    /** The shape of the choices: {@code [batch]} or {@code [batch, time]}. */
    static long[] rowShape(INDArray labels, boolean everyStep) {
        return Arrays.copyOf(labels.shape(), Math.min(labels.rank(), everyStep ? 2 : 1));
    }

    private void checkValues(LabelMask there, boolean soft) {
        double[] values = HeapArray.read(labels);
        int size = soft ? task.outputs() : 1;
        for (int row = 0; row * size < values.length; row++) {
            if (there.at(row) && soft) {
                checkProbabilities(values, row);
            } else if (there.at(row)) {
                checkNumber(values[row], row);
            }
        }
    }

    private void checkNumber(double label, int row) {
        int classes = task.outputs();
        if (!Double.isNaN(label) && !(label >= 0 && label < classes && label == Math.rint(label))) {
            String written = label == Math.rint(label) && Math.abs(label) < 1e9
                    ? String.valueOf((long) label)
                    : String.valueOf(label);
            throw wrong("label " + written + place(row) + "; classes are 0 to " + (classes - 1));
        }
    }

    private void checkProbabilities(double[] values, int row) {
        double sum = 0;
        for (int c = 0; c < task.outputs(); c++) {
            double q = values[row * task.outputs() + c];
            if (q < 0 || q > 1 + SUM_TOLERANCE) {
                throw wrong("probability " + q + " of class " + c + place(row) + "; it must be from 0 to 1");
            }
            sum += q;
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) { // false for NaN: a row with NaN is missing
            throw wrong(String.format(
                    Locale.ROOT, "class probabilities%s sum to %.4f; they must sum to 1", place(row), sum));
        }
    }

    private String place(int row) {
        return everyStep ? " at example " + row / rowShape[1] + ", step " + row % rowShape[1] : " at example " + row;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("task \"" + task.name() + "\": " + what);
    }
}
