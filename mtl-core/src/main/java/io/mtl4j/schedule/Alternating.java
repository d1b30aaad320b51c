package io.mtl4j.schedule;

import io.mtl4j.internal.Require;

/**
 * Heads and encoder by turns: some steps in which the encoder keeps its values and the heads learn, then some in which the
 * heads keep theirs.
 *
 * @param headSteps number of steps of the heads, at least 1
 * @param encoderSteps number of steps of the encoder, at least 1
 */
record Alternating(int headSteps, int encoderSteps) implements TrainingSchedule {

    Alternating {
        Require.atLeast("alternating: steps of the heads", headSteps, 1);
        Require.atLeast("alternating: steps of the encoder", encoderSteps, 1);
    }

    @Override
    public String name() {
        return "alternating";
    }

    @Override
    public StepPlan plan(Progress progress) {
        StepPlan all = StepPlan.everything(progress.tasks());
        boolean heads = progress.step() % (headSteps + encoderSteps) < headSteps;
        return heads ? all.withEncoder(StepPlan.Layers.NONE) : all.withoutHeads();
    }
}
