package io.mtl4j.nn.spark;

import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.StepPass;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A batch that ran forward on all partitions. Gradients are asked for when they are needed, if they are not there yet. */
final class GlobalPass implements StepPass {

    private final GlobalLosses losses;
    private final Supplier<List<PartialGradients>> each;
    private final Weighted weighted;
    private List<PartialGradients> gradients;

    /** Gives each partition's gradient of a sum in which labels count so and so much, by task. */
    interface Weighted {
        /**
         * Runs backward.
         *
         * @param perLabel what a label counts, {@code [K]}
         * @param perExample what an example counts in what layers penalise
         * @return the gradients, {@code [N]} each; null of a partition without examples
         */
        List<Numbers> run(double[] perLabel, double perExample);
    }

    /**
     * Makes a pass.
     *
     * @param gradients each task's gradients of each partition; null if they are not there yet
     * @param each gives them
     * @param weighted gives the gradient of a weighted sum
     */
    GlobalPass(
            GlobalLosses losses,
            List<PartialGradients> gradients,
            Supplier<List<PartialGradients>> each,
            Weighted weighted) {
        this.losses = losses;
        this.gradients = gradients;
        this.each = each;
        this.weighted = weighted;
    }

    @Override
    public boolean present(int task) {
        return losses.present(task);
    }

    @Override
    public double loss(int task) {
        return losses.means()[task];
    }

    @Override
    public double[] losses() {
        return losses.means();
    }

    private List<PartialGradients> eachTask() {
        if (gradients == null) {
            gradients = each.get();
        }
        return gradients;
    }

    private INDArray sum(Function<PartialGradients, Numbers> part) {
        return sum(eachTask().stream().map(part).toList());
    }

    /** In the order of the partitions, so that the same answers give the same sums. */
    private static INDArray sum(List<Numbers> parts) {
        INDArray sum = null;
        for (Numbers part : parts) {
            if (part != null) {
                sum = sum == null || sum.isEmpty() ? part.vector() : sum.addi(part.vector());
            }
        }
        return Objects.requireNonNull(sum, "no partition has examples of this batch");
    }

    @Override
    public void weightedGradient(double[] weights, Gradients to) {
        double[] perLabel = losses.perLabel(weights);
        if (gradients == null) {
            to.flat().assign(sum(weighted.run(perLabel, losses.perExample())));
            return;
        }
        assignOwn(perLabel, to);
        if (!to.shared().isEmpty()) {
            INDArray rows = sum(PartialGradients::shared)
                    .reshape('c', weights.length, to.shared().length());
            INDArray row = Nd4j.createFromArray(new double[][] {perLabel}).castTo(rows.dataType());
            MatMul.into(row, false, rows, false, to.shared().reshape('c', 1, rows.columns()));
        }
        addPenaltyGradient(to);
    }

    @Override
    public void jacobian(Gradients to) {
        double[] ones = new double[losses.means().length];
        Arrays.fill(ones, 1);
        double[] perLabel = losses.perLabel(ones);
        to.jacobian()
                .assign(sum(PartialGradients::shared).reshape('c', to.jacobian().shape()));
        for (int k = 0; k < perLabel.length; k++) {
            to.jacobian().getRow(k).muli(perLabel[k]);
        }
        assignOwn(perLabel, to);
    }

    private void assignOwn(double[] perLabel, Gradients to) {
        INDArray own = sum(PartialGradients::own);
        if (!own.isEmpty()) {
            PartialGradients.own(to).assign(own);
            to.scaleOwn(perLabel);
        }
    }

    @Override
    public void addPenaltyGradient(Gradients to) {
        for (PartialGradients part : eachTask()) {
            if (part.penalty() != null) {
                double share = part.losses().size() * losses.perExample();
                to.flat().addi(part.penalty().vector().muli(share));
            }
        }
    }
}
