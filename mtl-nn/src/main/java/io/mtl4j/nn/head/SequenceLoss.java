package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The loss of a sequence's tokens and of its end: logits are {@code [batch, length + 1, V + 1]}, labels {@code [batch, length]}.
 * The end, class V, follows the last token that is there; a sequence without any is missing.
 *
 * @param tokens the loss of one choice among V + 1
 */
record SequenceLoss(LossFunction tokens) implements LossFunction {

    @Override
    public String name() {
        return tokens.name();
    }

    @Override
    public void checkFits(Task task) {
        tokens.checkFits(task);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        int batch = (int) labels.size(0);
        int length = (int) labels.size(1);
        double[] values = HeapArray.read(labels);
        LabelMask there = LabelMask.of(mask, labels.shape());
        double[] classes = new double[batch * (length + 1)];
        double[] known = new double[classes.length];
        for (int example = 0; example < batch; example++) {
            int at = example * length;
            int to = example * (length + 1);
            int n = 0;
            while (n < length && there.at(at + n) && !Double.isNaN(values[at + n])) {
                classes[to + n] = values[at + n];
                known[to + n++] = 1;
            }
            if (n > 0) {
                classes[to + n] = logits.size(2) - 1;
                known[to + n] = 1;
            }
        }
        long[] shape = {batch, length + 1L};
        return tokens.evaluate(
                logits, Nd4j.create(classes, shape, DataType.DOUBLE), Nd4j.create(known, shape, DataType.DOUBLE));
    }
}
