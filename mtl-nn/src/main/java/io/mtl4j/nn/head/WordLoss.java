package io.mtl4j.nn.head;

import io.mtl4j.nn.kernel.Softmax;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The cross-entropy of softmax(logits) for labels that are numbers of many classes, such as the words of a language: {@code
 * -log p_y}, the mean over the labelled steps. The probabilities are computed natively in the logits' data type, which for
 * thousands of classes is much faster than {@link CrossEntropy}; below 1e-38 they count as that.
 */
record WordLoss() implements LossFunction {

    private static final double SMALLEST = 1e-38;

    @Override
    public String name() {
        return "cross-entropy";
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        int classes = (int) logits.size(-1);
        int rows = (int) (logits.length() / classes);
        if (labels.length() != rows) {
            throw new IllegalArgumentException(
                    "labels of shape " + Arrays.toString(labels.shape()) + " for logits of shape "
                            + Arrays.toString(logits.shape()) + "; give the number of a word for each step");
        }
        LabelMask there = LabelMask.of(mask, labels.shape());
        double[] numbers = HeapArray.read(labels);
        INDArray p = probabilities(logits).reshape('c', rows, classes);
        long count = IntStream.range(0, rows).filter(there::at).count();
        double[] shares = new double[rows];
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            if (there.at(row)) {
                int y = (int) numbers[row];
                double chosen = Math.min(1, p.getDouble(row, y));
                shares[row] = 1.0 / count;
                sum -= Math.log(Math.max(SMALLEST, chosen));
                p.putScalar(row, y, chosen - 1);
            }
        }
        p.muliColumnVector(HeapArray.like(p.getColumn(0, true), shares));
        return new Result(sum / count, p.reshape('c', logits.shape()), count);
    }

    private static INDArray probabilities(INDArray logits) {
        if (!Softmax.serves(logits)) {
            return SoftmaxLoss.softmax(logits.dup('c'));
        }
        INDArray p = logits.dup('c');
        Softmax.forward(p);
        return p;
    }
}
