package io.mtl4j.nn.head;

import io.mtl4j.nn.kernel.Softmax;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

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
        int[] labelled = IntStream.range(0, rows).filter(there::at).toArray();
        if (labelled.length == 0) {
            return new Result(Double.NaN, p.assign(0).reshape('c', logits.shape()), 0);
        }
        long[] chosen = Arrays.stream(labelled)
                .mapToLong(row -> (long) row * classes + number(numbers[row], row, classes))
                .toArray();
        double sum = takeOne(p.reshape(p.length()), Nd4j.createFromArray(chosen));
        double[] shares = new double[rows];
        Arrays.stream(labelled).forEach(row -> shares[row] = 1.0 / labelled.length);
        p.muliColumnVector(HeapArray.like(p.getColumn(0, true), shares));
        return new Result(sum / labelled.length, p.reshape('c', logits.shape()), labelled.length);
    }

    private static int number(double label, int row, int classes) {
        if (!(label >= 0 && label < classes && label == Math.rint(label))) {
            throw new IllegalArgumentException(
                    "label " + label + " in row " + row + "; classes are 0 to " + (classes - 1));
        }
        return (int) label;
    }

    /** Subtracts 1 from the chosen probabilities. All at once: on a GPU, each number by itself would be a way of its own. */
    private static double takeOne(INDArray p, INDArray chosen) {
        INDArray own = Nd4j.createUninitialized(p.dataType(), chosen.length());
        Nd4j.exec(DynamicCustomOp.builder("gather")
                .addInputs(p, chosen)
                .addOutputs(own)
                .addIntegerArguments(0)
                .build());
        double[] values = own.toDoubleVector();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(1, values[i]);
            sum -= Math.log(Math.max(SMALLEST, values[i]));
            values[i]--;
        }
        Nd4j.exec(DynamicCustomOp.builder("scatter_upd")
                .addInputs(p, chosen, HeapArray.like(own, values))
                .addOutputs(p)
                .build());
        return sum;
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
