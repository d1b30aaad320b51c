package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The losses and gradients of one partition's part of a batch. Those of each task are sums over its labels, so that they can
 * be added up.
 *
 * @param examples number of examples
 * @param losses sums of losses, {@code [K]}
 * @param labels numbers of labels, {@code [K]}
 * @param shared gradients of the shared parameters, row after row, {@code [K * D]}
 * @param own gradients of all parameters that learn, of which those of the tasks' own count, {@code [N]}
 * @param penalty gradient of what layers penalise, a mean over examples, {@code [N]}; null if they penalise nothing
 * @param buffers running statistics of each input
 */
record PartialGradients(
        int examples,
        double[] losses,
        long[] labels,
        Numbers shared,
        Numbers own,
        Numbers penalty,
        List<Numbers> buffers)
        implements Serializable {

    /** What a partition answers that has no example of the batch. */
    static PartialGradients none(MultiTaskModel model) {
        int tasks = model.tasks().size();
        return new PartialGradients(0, new double[tasks], new long[tasks], null, null, null, List.of());
    }

    /**
     * Runs backward.
     *
     * @param gradients overwritten
     */
    static PartialGradients of(MultiTaskModel model, BatchPass pass, int examples, Gradients gradients) {
        Network network = model.network();
        long[] labels =
                IntStream.range(0, model.tasks().size()).mapToLong(pass::labels).toArray();
        double[] counts = Arrays.stream(labels).asDoubleStream().toArray();
        double[] losses = IntStream.range(0, counts.length)
                .mapToDouble(k -> pass.present(k) ? counts[k] * pass.loss(k) : 0)
                .toArray();
        INDArray penalty = network.hasActivationPenalties() ? penalty(pass, gradients) : null;
        INDArray shared = perTask(pass, counts, penalty, gradients);
        return new PartialGradients(
                examples,
                losses,
                labels,
                Numbers.of(shared),
                Numbers.of(gradients.flat()),
                penalty == null ? null : Numbers.of(penalty),
                ModelNumbers.buffersOf(network.store()));
    }

    private static INDArray penalty(BatchPass pass, Gradients gradients) {
        gradients.flat().assign(0);
        pass.addPenaltyGradient(gradients);
        return gradients.flat().dup();
    }

    /** {@return the rows of the shared parameters} The tasks' own gradients stay in the flat ones. */
    private static INDArray perTask(BatchPass pass, double[] counts, INDArray penalty, Gradients gradients) {
        if (gradients.shared().isEmpty()) {
            pass.weightedGradient(counts, gradients);
            if (penalty != null) {
                gradients.flat().subi(penalty);
            }
            return gradients.shared();
        }
        pass.jacobian(gradients);
        gradients.scaleOwn(counts);
        for (int k = 0; k < counts.length; k++) {
            gradients.jacobian().getRow(k).muli(counts[k]);
        }
        return gradients.jacobian();
    }
}
