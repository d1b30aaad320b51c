package io.mtl4j.nn.train;

import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.TrainingState;
import java.util.ArrayList;
import java.util.List;

/**
 * Does steps of a training that another process leads: it gets what the training has come to, goes on from there on the
 * batches it is given, and tells where that led. What follows from the same beginning and batches is the same, bit for bit.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class StepWorker implements StepRounds {

    private final MultiTaskModel model;
    private final StepRunner runner;
    private final RunMemory memory;

    StepWorker(MultiTaskModel model, TrainingConfig config) {
        new Refusal("steps ordered from elsewhere", "leave it out, or train in one process")
                .whenMoreDataNeeded(config.requirements());
        config.requireFits(model.architecture());
        this.model = model;
        // Whoever leads decides what a divergence means.
        this.runner =
                new StepRunner(model, config, null, null, new Recovery(OnDivergence.stop(), new Audience(List.of())));
        this.memory = new RunMemory(model, config, null, runner);
    }

    @Override
    public Round run(TrainingState begin, List<StepOrder> orders) {
        try (ModelHold hold = model.hold()) {
            memory.restore(begin);
            List<StepOutcome> outcomes = new ArrayList<>();
            for (StepOrder order : orders) {
                outcomes.add(runner.run(order));
            }
            return new Round(memory.state(begin.epoch(), begin.step() + orders.size()), outcomes);
        }
    }
}
