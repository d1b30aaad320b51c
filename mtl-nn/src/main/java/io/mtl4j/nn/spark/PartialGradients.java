package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The losses and each task's gradient of one partition's part of a batch, as sums over labels, so that they can be added up.
 *
 * @param losses the losses
 * @param shared gradients of the D shared parameters, task after task, {@code [K * D]}; null if there are no examples
 * @param own gradients of the tasks' own parameters, {@code [N - D]}
 * @param penalty gradient of what layers penalise, a mean over examples, {@code [N]}; null if they penalise nothing
 */
record PartialGradients(PartialLosses losses, Numbers shared, Numbers own, Numbers penalty) implements Serializable {

    /** What a partition answers that has no example of the batch. */
    static PartialGradients none(MultiTaskModel model) {
        return new PartialGradients(PartialLosses.none(model), null, null, null);
    }

    /**
     * Runs backward.
     *
     * @param gradients overwritten
     */
    static PartialGradients of(MultiTaskModel model, BatchPass pass, int[] examples, Gradients gradients) {
        PartialLosses losses = PartialLosses.of(model, pass, examples);
        INDArray penalty = model.network().hasActivationPenalties() ? penalty(pass, gradients) : null;
        INDArray shared = perTask(pass, losses.counts(), penalty, gradients);
        return new PartialGradients(
                losses, Numbers.of(shared), Numbers.of(own(gradients)), penalty == null ? null : Numbers.of(penalty));
    }

    /**
     * {@return the gradient of a weighted sum, {@code [N]}}
     *
     * @param perLabel what a label counts, by task
     * @param perExample what an example counts in what layers penalise
     * @param gradients overwritten
     */
    static Numbers weighted(
            MultiTaskModel model,
            BatchPass pass,
            int[] examples,
            double[] perLabel,
            double perExample,
            Gradients gradients) {
        PartialLosses losses = PartialLosses.of(model, pass, examples);
        double[] weights = losses.counts();
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= perLabel[k];
        }
        INDArray penalty = model.network().hasActivationPenalties() ? penalty(pass, gradients) : null;
        pass.weightedGradient(weights, gradients);
        if (penalty != null) {
            gradients.flat().addi(penalty.muli(losses.size() * perExample - 1)); // it is in there once
        }
        return Numbers.of(gradients.flat());
    }

    /** {@return the gradient of what layers penalise, a copy} */
    private static INDArray penalty(BatchPass pass, Gradients gradients) {
        gradients.flat().assign(0);
        pass.addPenaltyGradient(gradients);
        return gradients.flat().dup();
    }

    /** {@return the part of a flat gradient that belongs to parameters that are not shared, a view} */
    static INDArray own(Gradients gradients) {
        long shared = gradients.shared().isEmpty() ? 0 : gradients.shared().length();
        return gradients
                .flat()
                .get(NDArrayIndex.interval(shared, gradients.flat().length()));
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
        gradients.scaleRows(counts);
        return gradients.jacobian();
    }
}
