package io.mtl4j.nn.head;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The losses on p = softmax(logits). With a row's label probabilities q, class weights w, smoothing ε and focus γ, a row's
 * loss is {@code Σ_c w_c ((1 - ε) q_c + ε / C) (1 - p_c)^γ (-log p_c)}; rows are summed and divided by {@code Σ_rows Σ_c
 * w_c q_c}.
 */
record SoftmaxLoss(double smoothing, List<Double> weights, double gamma) {

    Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        int classes = (int) logits.size(-1);
        if (!weights.isEmpty() && weights.size() != classes) {
            throw new IllegalArgumentException(
                    weights.size() + " class weights for " + classes + " classes; give one for each class");
        }
        LabelMask there = LabelMask.of(mask, logits.shape());
        if (!there.keepsRowsWhole(classes)) {
            throw new IllegalArgumentException("label mask of shape " + Arrays.toString(mask.shape())
                    + " for logits of shape " + Arrays.toString(logits.shape())
                    + "; a row is one choice among classes, so give one entry for each row");
        }
        return sum(logits, ClassTargets.of(labels, logits), there, classes);
    }

    private Result sum(INDArray logits, ClassTargets targets, LabelMask there, int classes) {
        double[] z = HeapArray.read(logits);
        double[] gradient = new double[z.length];
        double[] target = new double[classes];
        double[] p = new double[classes];
        double[] logP = new double[classes];
        double loss = 0;
        double total = 0;
        long count = 0;
        for (int at = 0; at < z.length; at += classes) {
            if (there.at(at)) {
                targets.read(at / classes, target);
                double weight = weigh(target);
                if (weight != 0) { // a weight of 0 is how users say that a class is to be ignored
                    softmax(z, at, p, logP);
                    loss += row(p, logP, target, gradient, at);
                    total += weight;
                    count++;
                }
            }
        }
        for (int i = 0; count > 0 && i < gradient.length; i++) {
            gradient[i] /= total;
        }
        return new Result(loss / total, HeapArray.like(logits, gradient), count);
    }

    /** Turns q into w ((1 - ε) q + ε / C) and returns Σ w q. */
    private double weigh(double[] q) {
        double total = 0;
        for (int c = 0; c < q.length; c++) {
            double w = weights.isEmpty() ? 1 : weights.get(c);
            total += w * q[c];
            q[c] = w * ((1 - smoothing) * q[c] + smoothing / q.length);
        }
        return total;
    }

    /** The probabilities of each row of logits, in a new array. */
    static INDArray softmax(INDArray logits) {
        return Nd4j.exec(new SoftMax(logits, logits.ulike(), -1))[0];
    }

    private static void softmax(double[] z, int from, double[] p, double[] logP) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < logP.length; c++) {
            max = Math.max(max, z[from + c]);
        }
        double sum = 0;
        for (int c = 0; c < logP.length; c++) {
            p[c] = Math.exp(z[from + c] - max);
            sum += p[c];
        }
        double logSum = max + Math.log(sum);
        for (int c = 0; c < logP.length; c++) {
            logP[c] = z[from + c] - logSum;
            p[c] /= sum;
        }
    }

    /** With a_c = t_c f'(log p_c), where f(l) = (1 - e^l)^γ (-l), the gradient for logit j is a_j - p_j Σ_c a_c. */
    private double row(double[] p, double[] logP, double[] target, double[] gradient, int at) {
        double loss = 0;
        double slopes = 0;
        for (int c = 0; c < logP.length; c++) {
            if (target[c] != 0) {
                double rest = -Math.expm1(logP[c]);
                double factor = Math.pow(rest, gamma);
                loss -= target[c] * factor * logP[c];
                double focus = gamma == 0 || rest == 0 ? 0 : gamma * p[c] * factor / rest * logP[c];
                gradient[at + c] = target[c] * (focus - factor);
                slopes += gradient[at + c];
            }
        }
        for (int c = 0; c < logP.length; c++) {
            gradient[at + c] -= p[c] * slopes;
        }
        return loss;
    }
}
