package io.mtl4j.nn.head;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss that is a mean over single elements: each logit has a label of its own. */
interface ElementLoss {

    /**
     * The loss of an element. It gives the derivative too, for both need the same exponentials.
     *
     * @param z the logit
     * @param y the label
     * @param output number of the output, the last dimension
     * @param slopes receives the derivative with respect to {@code z}
     * @param at where to put it
     */
    double value(double z, double y, int output, double[] slopes, int at);

    /** The mean over the elements that are there. Labels have as many elements as logits, whatever their shape. */
    default Result mean(INDArray logits, INDArray labels, INDArray mask) {
        if (labels.length() != logits.length()) {
            throw new IllegalArgumentException("labels of shape " + Arrays.toString(labels.shape())
                    + " for logits of shape " + Arrays.toString(logits.shape()) + "; give one label for each logit");
        }
        double[] z = HeapArray.read(logits);
        double[] y = HeapArray.read(labels);
        LabelMask there = LabelMask.of(mask, logits.shape());
        int outputs = (int) logits.size(-1);
        double[] gradient = new double[z.length];
        double sum = 0;
        long count = 0;
        for (int i = 0; i < z.length; i++) {
            if (there.at(i)) {
                sum += value(z[i], y[i], i % outputs, gradient, i);
                count++;
            }
        }
        for (int i = 0; count > 0 && i < gradient.length; i++) {
            gradient[i] /= count;
        }
        return new Result(sum / count, HeapArray.like(logits, gradient), count);
    }
}
