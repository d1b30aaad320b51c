package io.mtl4j.schedule;

import io.mtl4j.internal.Require;

/**
 * The encoder layer by layer, from the input upwards, with the heads all the time; when all layers had their turn, all of
 * them train together.
 *
 * @param epochs number of epochs of a layer, at least 1
 */
record LayerWise(int epochs) implements TrainingSchedule {

    LayerWise {
        Require.atLeast("layer-wise: epochs", epochs, 1);
    }

    @Override
    public String name() {
        return "layer-wise";
    }

    @Override
    public StepPlan plan(Progress progress) {
        StepPlan all = StepPlan.everything(progress.tasks());
        int layer = progress.epoch() / epochs;
        return layer < progress.encoderLayers() ? all.withEncoder(new StepPlan.Layers(layer, layer + 1)) : all;
    }
}
