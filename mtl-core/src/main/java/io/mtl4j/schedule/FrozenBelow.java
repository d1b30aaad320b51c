package io.mtl4j.schedule;

import io.mtl4j.internal.Require;

/**
 * The layers of the encoder from a given one up, and the heads; those nearer to the input keep their values.
 *
 * @param layer the lowest layer that trains, from 1; where the encoder has no such layer, the heads train alone
 */
record FrozenBelow(int layer) implements TrainingSchedule {

    FrozenBelow {
        Require.atLeast("frozen below: layer", layer, 1);
    }

    @Override
    public String name() {
        return "frozen-below";
    }

    @Override
    public StepPlan plan(Progress progress) {
        return plan(progress, layer);
    }

    /** A plan of all tasks in which the layers from {@code lowest} up and the heads train. */
    static StepPlan plan(Progress progress, int lowest) {
        StepPlan all = StepPlan.everything(progress.tasks());
        if (lowest == 0) {
            return all;
        }
        return all.withEncoder(
                lowest < progress.encoderLayers()
                        ? new StepPlan.Layers(lowest, StepPlan.Layers.ALL.to())
                        : StepPlan.Layers.NONE);
    }
}
