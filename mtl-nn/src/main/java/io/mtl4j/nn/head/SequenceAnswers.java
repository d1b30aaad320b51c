package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Outputs of a {@link SequenceHead}: rows of V + 1 probabilities and the number of the chosen token. */
final class SequenceAnswers {

    private SequenceAnswers() {}

    /** Logits have V + 1 columns, and then the most probable token is the chosen one, or its number in one more. */
    static INDArray activate(INDArray logits, int vocabulary) {
        double[] z = HeapArray.read(logits);
        int width = (int) logits.size(2);
        int classes = vocabulary + 1;
        int rows = z.length / width;
        double[] out = new double[rows * (classes + 1)];
        for (int row = 0; row < rows; row++) {
            int best = softmax(z, row * width, out, row * (classes + 1), classes);
            out[row * (classes + 1) + classes] = width > classes ? z[row * width + classes] : best;
        }
        return HeapArray.of(out, logits.dataType(), logits.size(0), logits.size(1), classes + 1L);
    }

    /** Writes the probabilities and returns the number of the greatest. */
    private static int softmax(double[] z, int from, double[] out, int to, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = z[from + c] > z[from + best] ? c : best;
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            out[to + c] = Math.exp(z[from + c] - z[from + best]);
            sum += out[to + c];
        }
        for (int c = 0; c < classes; c++) {
            out[to + c] /= sum;
        }
        return best;
    }

    /** Each example's rows before the end. */
    static List<List<double[]>> of(INDArray outputs) {
        int end = (int) outputs.size(2) - 2;
        return OutputRows.byExample(outputs, null).stream()
                .map(rows -> rows.stream().takeWhile(row -> row[end + 1] != end).toList())
                .toList();
    }

    static void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        double[] tokens = HeapArray.read(labels);
        LabelMask there = LabelMask.of(mask, labels.shape());
        int length = (int) labels.size(1);
        List<List<double[]>> answers = of(outputs);
        for (int example = 0; example < answers.size(); example++) {
            double[][] truth = new double[length][];
            for (int t = 0; t < length; t++) {
                int at = example * length + t;
                truth[t] = new double[] {there.at(at) ? tokens[at] : Double.NaN};
            }
            metrics.add(
                    answers.get(example).stream()
                            .map(row -> new double[] {row[row.length - 1]})
                            .toArray(double[][]::new),
                    truth);
        }
    }
}
