package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.StepPass;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A batch that ran forward on all partitions. Gradients are asked for when they are needed. */
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
     * @param each gives each task's gradients of each partition
     * @param weighted gives the gradient of a weighted sum
     */
    GlobalPass(GlobalLosses losses, Supplier<List<PartialGradients>> each, Weighted weighted) {
        this.losses = losses;
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
        to.flat().assign(sum(weighted.run(losses.perLabel(weights), losses.perExample())));
    }

    @Override
    public void jacobian(Gradients to) {
        double[] ones = new double[losses.means().length];
        Arrays.fill(ones, 1);
        double[] perLabel = losses.perLabel(ones);
        to.jacobian()
                .assign(sum(PartialGradients::shared).reshape('c', to.jacobian().shape()));
        to.scaleRows(perLabel);
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
