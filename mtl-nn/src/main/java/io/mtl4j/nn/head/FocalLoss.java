package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The focal loss of Lin et al. (ICCV 2017, equation 5) on softmax(logits), for one of C classes: {@code -w_y (1 - p_y)^γ
 * log p_y}, so that examples that are already right count less. With γ = 0 it is {@link CrossEntropy}.
 *
 * <p>Where the paper divides by the number of objects, the value here is the weighted mean {@code Σ loss / Σ w_y} over
 * labelled rows, as for {@link CrossEntropy}. Labels are as there; for probabilities q a row's loss is {@code -Σ_c w_c q_c
 * (1 - p_c)^γ log p_c}.
 *
 * @param gamma γ, at least 0; the paper's choice is 2
 * @param classWeights w (the paper's α), one for each class, each at least 0; empty for 1 each
 */
public record FocalLoss(double gamma, List<Double> classWeights) implements LossFunction {

    /** Checks the values and copies the weights. */
    public FocalLoss {
        Require.nonNegative("gamma", gamma);
        classWeights = List.copyOf(classWeights);
        classWeights.forEach(w -> Require.nonNegative("class weight", w));
    }

    @Override
    public String name() {
        return "focal";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.MULTI_CLASS, TaskKind.TAGGING, TaskKind.SEGMENTATION);
        Fit.weights(task, classWeights);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return new SoftmaxLoss(0, classWeights, gamma).evaluate(logits, labels, mask);
    }
}
