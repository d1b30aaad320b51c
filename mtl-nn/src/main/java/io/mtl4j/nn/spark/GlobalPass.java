package io.mtl4j.nn.spark;

import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.ParameterStore;
import io.mtl4j.nn.model.StepPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A batch that ran forward and backward on all partitions: the means over all its labels. */
final class GlobalPass implements StepPass {

    private final double[] losses;
    private final double[] labels;
    private INDArray shared;
    private INDArray own;
    private INDArray penalty;

    /**
     * Adds up, in the order of the partitions, so that the same answers give the same sums.
     *
     * @param parts at least one of which has examples
     */
    GlobalPass(List<PartialGradients> parts) {
        int tasks = parts.get(0).losses().length;
        this.losses = new double[tasks];
        this.labels = new double[tasks];
        double all = parts.stream().mapToInt(PartialGradients::examples).sum();
        for (PartialGradients part : parts) {
            if (part.examples() > 0) {
                add(part, part.examples() / all);
            }
        }
        for (int k = 0; k < tasks; k++) {
            losses[k] = labels[k] > 0 ? losses[k] / labels[k] : Double.NaN;
        }
    }

    private void add(PartialGradients part, double share) {
        for (int k = 0; k < losses.length; k++) {
            losses[k] += part.losses()[k];
            labels[k] += part.labels()[k];
        }
        shared = plus(shared, part.shared().vector());
        own = plus(own, part.own().vector());
        if (part.penalty() != null) {
            penalty = plus(penalty, part.penalty().vector().muli(share));
        }
    }

    private static INDArray plus(INDArray sum, INDArray more) {
        return sum == null || sum.isEmpty() ? more : sum.addi(more);
    }

    /** Gives the model the partitions' mean running statistics. */
    static void averageBuffers(List<PartialGradients> parts, ParameterStore store) {
        double all = parts.stream().mapToInt(PartialGradients::examples).sum();
        List<INDArray> sums = new ArrayList<>();
        for (PartialGradients part : parts) {
            for (int i = 0; i < part.buffers().size(); i++) {
                INDArray more = part.buffers().get(i).vector().muli(part.examples() / all);
                if (sums.size() <= i) {
                    sums.add(more);
                } else {
                    sums.get(i).addi(more);
                }
            }
        }
        store.assignBuffers(sums);
    }

    @Override
    public boolean present(int task) {
        return labels[task] > 0;
    }

    @Override
    public double loss(int task) {
        return losses[task];
    }

    @Override
    public double[] losses() {
        return losses.clone();
    }

    @Override
    public void weightedGradient(double[] weights, Gradients gradients) {
        double[] factors = perLabel(weights);
        gradients.flat().assign(own);
        gradients.scaleOwn(factors);
        if (!shared.isEmpty()) {
            combine(factors, gradients);
        }
        addPenaltyGradient(gradients);
    }

    private void combine(double[] factors, Gradients gradients) {
        INDArray rows = shared.reshape('c', labels.length, gradients.shared().length());
        INDArray row = Nd4j.createFromArray(new double[][] {factors}).castTo(rows.dataType());
        MatMul.into(row, false, rows, false, gradients.shared().reshape('c', 1, rows.columns()));
    }

    @Override
    public void jacobian(Gradients gradients) {
        double[] ones = new double[labels.length];
        Arrays.fill(ones, 1);
        double[] factors = perLabel(ones);
        gradients.flat().assign(own);
        gradients.scaleOwn(factors);
        gradients.jacobian().assign(shared.reshape('c', gradients.jacobian().shape()));
        for (int k = 0; k < factors.length; k++) {
            gradients.jacobian().getRow(k).muli(factors[k]);
        }
    }

    private double[] perLabel(double[] weights) {
        double[] factors = new double[labels.length];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = labels[k] > 0 ? weights[k] / labels[k] : 0;
        }
        return factors;
    }

    @Override
    public void addPenaltyGradient(Gradients gradients) {
        if (penalty != null) {
            gradients.flat().addi(penalty);
        }
    }
}
