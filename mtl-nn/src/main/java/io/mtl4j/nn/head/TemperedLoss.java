package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.task.Task;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss at a temperature: {@code T² L(z / T, y)} of logits z and labels y, whose gradient is {@code T L'(z / T, y)}. With labels
 * that are a teacher's probabilities at the same temperature, {@code q = softmax(z' / T)}, this is the loss of distillation (G.
 * Hinton, O. Vinyals, J. Dean, "Distilling the Knowledge in a Neural Network", 2015, section 2): it also learns how improbable
 * the improbable classes are. The factor T² keeps the size of gradients about the same whatever T is. At T = 1 it is the loss.
 *
 * @param loss L, such as {@link Losses#crossEntropy()} or {@link Losses#binaryCrossEntropy()}
 * @param temperature T, above 0; from 1 to 5 is usual
 */
public record TemperedLoss(LossFunction loss, double temperature) implements LossFunction {

    /** Checks the values. */
    public TemperedLoss {
        Objects.requireNonNull(loss, "loss");
        Require.positive("temperature", temperature);
    }

    @Override
    public String name() {
        return "tempered-" + loss.name();
    }

    @Override
    public void checkFits(Task task) {
        loss.checkFits(task);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        Result soft = loss.evaluate(logits.div(temperature), labels, mask);
        return new Result(
                temperature * temperature * soft.value(), soft.gradient().muli(temperature), soft.count());
    }
}
