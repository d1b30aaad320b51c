package io.mtl4j.nn.head;

import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of the first adversarial nets: {@code -log σ(z)} for label 1, real, and {@code -log(1 - σ(z))} for label 0,
 * generated. The critic minimises its mean over both, and the generator minimises {@code -log σ(z)} of what it made: the
 * form whose gradient does not vanish while the critic is sure (Goodfellow et al., NeurIPS 2014, equation 1 and the end of
 * section 3). Where the critic can only guess, the task's loss is {@code 2 log 2 = 1.386}.
 */
public record NonSaturatingLoss() implements LossFunction {

    private static final BinaryCrossEntropy CROSS_ENTROPY = new BinaryCrossEntropy(List.of());

    @Override
    public String name() {
        return "non-saturating";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.CUSTOM);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return CROSS_ENTROPY.evaluate(logits, labels, mask);
    }
}
