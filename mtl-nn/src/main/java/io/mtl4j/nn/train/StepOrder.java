package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;
import java.io.Serializable;
import java.util.Objects;

/**
 * One step to be done.
 *
 * @param batch the examples, or what stands for them where they are on other machines
 * @param epoch the epoch, from 0
 * @param stepInEpoch number of steps of the epoch done before
 * @param stepsPerEpoch number of steps of the epoch
 * @param step number of steps done before since training began
 * @param totalSteps number of steps of the whole training, over which the learning rate takes its course
 */
public record StepOrder(MultiTaskBatch batch, int epoch, int stepInEpoch, int stepsPerEpoch, long step, long totalSteps)
        implements Serializable {

    /** Checks that there is a batch. */
    public StepOrder {
        Objects.requireNonNull(batch, "batch");
    }
}
