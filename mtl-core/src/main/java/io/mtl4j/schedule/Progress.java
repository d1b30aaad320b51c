package io.mtl4j.schedule;

import io.mtl4j.internal.Require;
import io.mtl4j.task.TaskSet;
import java.util.Objects;

/**
 * How far a training is when a step begins: what a {@link TrainingSchedule} may look at.
 *
 * @param tasks the model's tasks
 * @param epoch the current epoch, from 0
 * @param stepInEpoch number of steps done in this epoch
 * @param stepsPerEpoch number of steps of an epoch, at least 1
 * @param encoderLayers number of layers of the encoder that have parameters, at least 1
 */
public record Progress(TaskSet tasks, int epoch, int stepInEpoch, int stepsPerEpoch, int encoderLayers) {

    /** Checks the values. */
    public Progress {
        Objects.requireNonNull(tasks, "tasks");
        Require.atLeast("epoch", epoch, 0);
        Require.atLeast("step in epoch", stepInEpoch, 0);
        Require.atLeast("steps per epoch", stepsPerEpoch, 1);
        Require.atLeast("encoder layers", encoderLayers, 1);
    }

    /** {@return the number of steps done since training began} */
    public long step() {
        return (long) epoch * stepsPerEpoch + stepInEpoch;
    }

    /** {@return the time in epochs, such as 2.5 in the middle of the third} */
    public double time() {
        return epoch + (double) stepInEpoch / stepsPerEpoch;
    }
}
