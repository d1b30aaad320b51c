package io.mtl4j.nn.train;

import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.schedule.EarlyStopping;
import io.mtl4j.step.MethodState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that a training remembers, handed out as one value and taken back. */
final class RunMemory {

    private static final String EPOCH = "epoch-progress";

    private final MultiTaskModel model;
    private final TrainingConfig config;
    private final EarlyStopping.State stopping;
    private final StepRunner runner;

    /**
     * Makes a memory.
     *
     * @param stopping null without validation data
     */
    RunMemory(MultiTaskModel model, TrainingConfig config, EarlyStopping.State stopping, StepRunner runner) {
        this.model = model;
        this.config = config;
        this.stopping = stopping;
        this.runner = runner;
    }

    /** The state between two epochs. */
    TrainingState state(int nextEpoch, long step) {
        return state(nextEpoch, step, methods());
    }

    /**
     * The state within an epoch.
     *
     * @param stepInEpoch number of steps done in the epoch
     * @param means losses of the epoch so far
     */
    TrainingState state(int epoch, long step, int stepInEpoch, LossMeans means) {
        List<MethodState> methods = methods();
        methods.add(means.save(MethodState.empty(EPOCH).with("step", stepInEpoch)));
        return state(epoch, step, methods);
    }

    private TrainingState state(int epoch, long step, List<MethodState> methods) {
        return new TrainingState(
                epoch,
                step,
                config.seed(),
                Snapshot.of(model),
                runner.optimizerMemory().copy(),
                methods);
    }

    private List<MethodState> methods() {
        List<MethodState> methods = new ArrayList<>();
        methods.add(config.weighting().state());
        config.aggregation().map(Aggregator::state).ifPresent(methods::add);
        if (scheduleRemembers()) {
            methods.add(config.schedule().state());
        }
        if (stopping != null) {
            methods.add(stopping.state());
        }
        methods.add(runner.recovery().state());
        return methods;
    }

    private boolean scheduleRemembers() {
        return !config.schedule().state().values().isEmpty();
    }

    /**
     * Takes back a state.
     *
     * @throws IllegalArgumentException if it does not fit the configuration
     */
    void restore(TrainingState state) {
        restoreLearned(state);
        if (scheduleRemembers()) {
            config.schedule().restore(state.method(config.schedule().name()));
        }
        if (stopping != null) {
            stopping.restore(state.method("early-stopping"));
        }
        find(state, Recovery.NAME).ifPresent(runner.recovery()::restore);
    }

    /**
     * Takes back what steps change: the numbers of the model, the optimiser and the methods.
     *
     * @throws IllegalArgumentException if it does not fit the configuration
     */
    void restoreLearned(TrainingState state) {
        runner.optimizerMemory().restore(state.optimizer());
        config.weighting().restore(state.method(config.weighting().name()));
        config.aggregation().ifPresent(a -> a.restore(state.method(a.name())));
        state.last().restore(model);
    }

    /** {@return the number of steps that a state has of its epoch} */
    static int stepInEpoch(TrainingState state) {
        return find(state, EPOCH).map(progress -> (int) progress.number("step")).orElse(0);
    }

    static void restore(LossMeans means, TrainingState state) {
        find(state, EPOCH).ifPresent(means::restore);
    }

    private static Optional<MethodState> find(TrainingState state, String method) {
        return state.methods().stream().filter(m -> m.method().equals(method)).findFirst();
    }
}
