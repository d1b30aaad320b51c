package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The cross-entropy of softmax(logits), for one of C classes. A row of logits with label probabilities q (one-hot for a
 * class number y) has the loss {@code -Σ_c w_c ((1 - ε) q_c + ε / C) log p_c}, with label smoothing ε (Szegedy et al.,
 * CVPR 2016) and class weights w.
 *
 * <p>The value is the weighted mean {@code Σ loss / Σ_rows Σ_c w_c q_c}, for class numbers {@code Σ loss / Σ w_y}, which is
 * what PyTorch's {@code CrossEntropyLoss} gives. (For labels that are probabilities PyTorch divides by the number of rows;
 * here one-hot rows and class numbers always agree.) Rows of weight 0 count as not labelled.
 *
 * <p>Labels are class numbers {@code [batch]} or {@code [batch, time]}, or probabilities of the shape of the logits.
 *
 * @param labelSmoothing ε, at least 0 and below 1
 * @param classWeights w, one for each class, each at least 0; empty for 1 each
 */
public record CrossEntropy(double labelSmoothing, List<Double> classWeights) implements LossFunction {

    /** Checks the values and copies the weights. */
    public CrossEntropy {
        Require.within("label smoothing", labelSmoothing, 0, Math.nextDown(1.0));
        classWeights = List.copyOf(classWeights);
        classWeights.forEach(w -> Require.nonNegative("class weight", w));
    }

    @Override
    public String name() {
        return "cross-entropy";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.MULTI_CLASS, TaskKind.TAGGING, TaskKind.SEQUENCE, TaskKind.SEGMENTATION);
        Fit.weights(task, classWeights);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return new SoftmaxLoss(labelSmoothing, classWeights, 0).evaluate(logits, labels, mask);
    }
}
