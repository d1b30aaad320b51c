package io.mtl4j.schedule;

import io.mtl4j.internal.Require;

/**
 * Gradual unfreezing: at first the heads alone, then one more layer of the encoder at a time, from the top down. J. Howard
 * and S. Ruder, "Universal Language Model Fine-tuning for Text Classification", ACL 2018, section 3.3; there a layer joins
 * with each epoch.
 *
 * @param epochsEach number of epochs before the next layer joins, at least 1
 */
record Unfreezing(int epochsEach) implements TrainingSchedule {

    Unfreezing {
        Require.atLeast("unfreezing: epochs", epochsEach, 1);
    }

    @Override
    public String name() {
        return "unfreezing";
    }

    @Override
    public StepPlan plan(Progress progress) {
        int lowest = Math.max(0, progress.encoderLayers() - progress.epoch() / epochsEach);
        return FrozenBelow.plan(progress, lowest);
    }
}
