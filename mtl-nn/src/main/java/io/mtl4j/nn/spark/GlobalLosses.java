package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The losses of a batch that lies in several partitions. */
final class GlobalLosses {

    private final List<PartialLosses> parts;
    private final double examples;
    private final double[] labels;
    private final double[] means;

    /**
     * Adds up, in the order of the partitions, so that the same answers give the same sums.
     *
     * @param parts at least one of which has examples
     */
    GlobalLosses(List<PartialLosses> parts) {
        this.parts = parts;
        this.examples = parts.stream().mapToInt(PartialLosses::size).sum();
        int tasks = parts.get(0).sums().length;
        this.labels = new double[tasks];
        this.means = new double[tasks];
        for (PartialLosses part : parts) {
            for (int k = 0; k < tasks; k++) {
                means[k] += part.sums()[k];
                labels[k] += part.labels()[k];
            }
        }
        for (int k = 0; k < tasks; k++) {
            means[k] = labels[k] > 0 ? means[k] / labels[k] : Double.NaN;
        }
    }

    boolean present(int task) {
        return labels[task] > 0;
    }

    /** {@return each task's mean over all labels, {@code [K]}; NaN for absent tasks} */
    double[] means() {
        return means.clone();
    }

    /** {@return what each label of a task counts in a weighted sum of means, {@code [K]}; 0 for absent tasks} */
    double[] perLabel(double[] weights) {
        double[] factors = new double[labels.length];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = labels[k] > 0 ? weights[k] / labels[k] : 0;
        }
        return factors;
    }

    /** {@return what each example counts in a mean over examples} */
    double perExample() {
        return 1 / examples;
    }

    /** Gives the model the mean running statistics, each partition counting by its examples of the input. */
    void averageBuffers(ParameterStore store) {
        List<INDArray> means = new ArrayList<>();
        for (INDArray before : store.copyBuffers()) {
            int input = means.size();
            double all = parts.stream().mapToInt(part -> part.examples()[input]).sum();
            INDArray mean = all > 0 ? before.assign(0) : before;
            for (PartialLosses part : parts) {
                if (part.examples()[input] > 0) {
                    mean.addi(part.buffers().get(input).vector().muli(part.examples()[input] / all));
                }
            }
            means.add(mean);
        }
        store.assignBuffers(means);
    }
}
