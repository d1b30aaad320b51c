package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.StepPass;

/**
 * Runs batches forward with the model's present numbers, and keeps its running statistics up to date.
 *
 * @see Execution#gradients
 */
@FunctionalInterface
public interface ForwardPass {

    /**
     * {@return the losses and gradients of a batch}
     *
     * @param batch the examples, or what stands for them
     * @param seed for dropout
     * @param eachTask whether {@link StepPass#jacobian} will be asked for; if not, it may take longer
     * @throws TrainingDivergedException if features are NaN or infinite
     */
    StepPass run(MultiTaskBatch batch, Seed seed, boolean eachTask);
}
