package io.mtl4j.nn.spark;

import io.mtl4j.nn.train.StepOrder;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Set;

/**
 * A step with the places of its examples.
 *
 * @param place the step's place in its round, from 0
 * @param examples for each partition and input, the numbers of the examples there
 * @param epoch see {@link StepOrder}
 * @param stepInEpoch see {@link StepOrder}
 * @param stepsPerEpoch see {@link StepOrder}
 * @param step see {@link StepOrder}
 * @param totalSteps see {@link StepOrder}
 */
record PlannedStep(
        int place, int[][][] examples, int epoch, int stepInEpoch, int stepsPerEpoch, long step, long totalSteps)
        implements Serializable {

    static PlannedStep of(int place, StepOrder order, References references) {
        return new PlannedStep(
                place,
                references.byPartition(order.batch()),
                order.epoch(),
                order.stepInEpoch(),
                order.stepsPerEpoch(),
                order.step(),
                order.totalSteps());
    }

    boolean hasExamples(int partition) {
        return Arrays.stream(examples[partition]).anyMatch(numbers -> numbers.length > 0);
    }

    /** {@return the step on the examples of one partition} */
    StepOrder order(Shard shard, int partition) {
        return new StepOrder(
                shard.batch(examples[partition], Set.of()), epoch, stepInEpoch, stepsPerEpoch, step, totalSteps);
    }
}
