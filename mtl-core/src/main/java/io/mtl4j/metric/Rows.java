package io.mtl4j.metric;

import io.mtl4j.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the outputs and labels of one task, and says what is wrong with them. */
record Rows(Task task) {

    /** What is done with one element, an output row and a label row of the right sizes. */
    interface Element {
        void accept(double[] output, double[] label);
    }

    void forEach(double[][] outputs, double[][] labels, Element element) {
        if (outputs.length != labels.length) {
            throw bad(outputs.length + " output rows and " + labels.length
                    + " label rows; give one label row for each output row");
        }
        for (int t = 0; t < outputs.length; t++) {
            checkOutput(outputs[t]);
            element.accept(outputs[t], labels[t]);
        }
    }

    private void checkOutput(double[] output) {
        if (output.length != task.outputs()) {
            throw bad(output.length + " outputs in a row; it must be " + task.outputs());
        }
        for (int c = 0; c < output.length; c++) {
            if (!Double.isFinite(output[c])) {
                throw bad("output " + c + " is " + output[c]
                        + "; outputs must be finite: look for a diverged training or bad input values");
            }
        }
    }

    /** {@return the number of the true class, the first of the largest in a soft label; -1 when the label is missing} */
    int classOf(double[] label) {
        if (Arrays.stream(label).anyMatch(Double::isNaN)) {
            return -1;
        }
        if (label.length == 1) {
            return index(label[0]);
        }
        checkLabelSize(label);
        int best = argMax(label);
        if (!(label[best] > 0) || Arrays.stream(label).anyMatch(v -> v < 0 || Double.isInfinite(v))) {
            throw bad("label row " + Arrays.toString(label)
                    + " is no distribution; give values from 0 to 1 with at least one above 0, and leave out elements"
                    + " without a label");
        }
        return best;
    }

    private int index(double label) {
        if (!(label >= 0 && label < task.outputs()) || label != Math.rint(label)) {
            throw bad("label " + label + " is no class; give a whole number from 0 to " + (task.outputs() - 1));
        }
        return (int) label;
    }

    void checkLabelSize(double[] label) {
        if (label.length != task.outputs()) {
            throw bad(label.length + " labels in a row; it must be " + task.outputs());
        }
    }

    /** {@return whether a label says yes; it must not be NaN} */
    boolean yes(double label) {
        if (!(label >= 0 && label <= 1)) {
            throw bad("label " + label + " is not from 0 to 1; give 0 for no and 1 for yes");
        }
        return label > 0.5;
    }

    IllegalArgumentException bad(String what) {
        return new IllegalArgumentException("task \"" + task.name() + "\": " + what);
    }

    static int argMax(double[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }

    static void checkThreshold(double threshold) {
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold = " + threshold + "; it must be at least 0 and below 1");
        }
    }

    /** {@return a name for each output, its number where the task gives none} */
    List<String> names() {
        return task.classNames().size() == task.outputs()
                ? task.classNames()
                : IntStream.range(0, task.outputs()).mapToObj(Integer::toString).toList();
    }
}
