package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss on standardised labels {@code (y - mean) / deviation}, for labels in the user's units.
 *
 * @param loss the loss on standardised labels
 * @param means one for each output
 * @param deviations one for each output, above 0
 */
record StandardizedLoss(LossFunction loss, List<Double> means, List<Double> deviations) implements LossFunction {

    @Override
    public String name() {
        return loss.name();
    }

    @Override
    public void checkFits(Task task) {
        loss.checkFits(task);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        if (labels.length() != logits.length()) {
            throw new IllegalArgumentException("labels of shape " + Arrays.toString(labels.shape())
                    + " for logits of shape " + Arrays.toString(logits.shape()) + "; give one label for each logit");
        }
        double[] y = HeapArray.read(labels);
        for (int i = 0; i < y.length; i++) {
            int output = i % means.size();
            y[i] = (y[i] - means.get(output)) / deviations.get(output);
        }
        return loss.evaluate(logits, HeapArray.like(logits, y), mask);
    }
}
