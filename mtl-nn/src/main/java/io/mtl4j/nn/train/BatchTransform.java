package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;

/**
 * What is done to each batch right before its step, on the training thread: of use when labels depend on what is learned
 * meanwhile, such as those that a teacher gives. Changes that do not depend on it, such as augmentation, are better done by
 * the data source, which works ahead on a thread of its own.
 *
 * <p>A transform that needs chance takes it from a seed of its own and the number of the step, so that the same seed gives the
 * same training.
 */
@FunctionalInterface
public interface BatchTransform {

    /** The batch as it is. */
    BatchTransform NONE = (batch, step, totalSteps) -> batch;

    /**
     * {@return the batch to train on}
     *
     * @param batch a batch; not changed
     * @param step number of steps done since training began
     * @param totalSteps number of steps planned
     */
    MultiTaskBatch apply(MultiTaskBatch batch, long step, long totalSteps);
}
