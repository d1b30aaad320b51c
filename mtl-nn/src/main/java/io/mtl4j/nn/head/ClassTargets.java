package io.mtl4j.nn.head;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Labels of a choice among classes, read as probabilities: class numbers become one-hot rows one at a time. */
final class ClassTargets {

    private final double[] labels;
    private final int classes;
    private final boolean soft;

    private ClassTargets(double[] labels, int classes, boolean soft) {
        this.labels = labels;
        this.classes = classes;
        this.soft = soft;
    }

    /** Labels are class numbers {@code [...]} (or {@code [..., 1]}) or probabilities {@code [..., classes]} of logits. */
    static ClassTargets of(INDArray labels, INDArray logits) {
        int classes = (int) logits.size(-1);
        boolean soft = labels.rank() == logits.rank() && labels.size(-1) == classes;
        if (labels.length() != (soft ? logits.length() : logits.length() / classes)) {
            throw new IllegalArgumentException("labels of shape " + Arrays.toString(labels.shape())
                    + " for logits of shape " + Arrays.toString(logits.shape())
                    + "; give one class number, or one row of class probabilities, for each row of logits");
        }
        return new ClassTargets(HeapArray.read(labels), classes, soft);
    }

    /** Writes the probabilities of a row's classes. */
    void read(int row, double[] into) {
        if (soft) {
            System.arraycopy(labels, row * classes, into, 0, classes);
            return;
        }
        double label = labels[row];
        if (!(label >= 0 && label < classes && label == Math.rint(label))) {
            throw new IllegalArgumentException(
                    "label " + label + " in row " + row + "; classes are 0 to " + (classes - 1));
        }
        Arrays.fill(into, 0);
        into[(int) label] = 1;
    }
}
