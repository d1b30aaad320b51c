package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Feeds batches to metrics example by example. */
final class Scoring {

    private Scoring() {}

    /** Outputs are {@code [batch, ..., C]}; labels and mask as for the loss. */
    static void add(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        add(metrics, HeapArray.read(outputs), (int) outputs.size(0), (int) outputs.size(-1), labels, mask);
    }

    /** Outputs are rows of a width, in order, as many for each example. */
    static void add(TaskMetrics metrics, double[] out, int batch, int width, INDArray labels, INDArray mask) {
        int steps = out.length / batch / width;
        double[] label = HeapArray.read(labels);
        LabelMask there = LabelMask.of(mask, labels.shape());
        for (int i = 0; i < label.length; i++) {
            label[i] = there.at(i) ? label[i] : Double.NaN;
        }
        for (int example = 0; example < batch; example++) {
            metrics.add(
                    rows(out, example * steps, steps, width),
                    rows(label, example * steps, steps, label.length / (batch * steps)));
        }
    }

    private static double[][] rows(double[] values, int first, int count, int width) {
        double[][] rows = new double[count][];
        for (int r = 0; r < count; r++) {
            rows[r] = Arrays.copyOfRange(values, (first + r) * width, (first + r + 1) * width);
        }
        return rows;
    }
}
