package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.schedule.EarlyStopping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One training from beginning to end: the loop. */
final class TrainingRun {

    private static final String STOPPED = "stopped on request";

    private final MultiTaskModel model;
    private final TrainingConfig config;
    private final MultiTaskData train;
    private final MultiTaskData validation;
    private final TrainingState resumed;
    private final StopSignal stop;
    private final EarlyStopping.State stopping;
    private final List<TrainingEvent.EpochDone> epochs = new ArrayList<>();
    private final Snapshot good;
    private final Audience audience;
    private final Checkpointer checkpointer;
    private final SharingSample sharing;
    private StepRunner runner;
    private RunMemory memory;
    private long step;
    private int bestEpoch;
    private String reason = "all epochs done";

    /**
     * Makes a run.
     *
     * @param validation null for none
     * @param resumed the state to go on from; null to begin
     */
    TrainingRun(
            MultiTaskModel model,
            TrainingConfig config,
            MultiTaskData train,
            MultiTaskData validation,
            TrainingState resumed,
            StopSignal stop) {
        this.model = model;
        this.config = config;
        this.audience = new Audience(config.listeners());
        this.train = train;
        this.validation = validation;
        this.resumed = resumed;
        this.stop = stop;
        EarlyStopping rule = config.earlyStopping().orElse(EarlyStopping.patience(Integer.MAX_VALUE));
        this.stopping = validation == null ? null : rule.start(model.tasks());
        this.good = Snapshot.of(model);
        this.checkpointer = config.checkpoints()
                .map(plan -> new Checkpointer(plan, model, good, audience))
                .orElse(null);
        MultiTaskData seen = validation == null && config.execution().isHere() ? train : validation;
        this.sharing = audience.wantsDetails() && seen != null ? new SharingSample(seen) : null;
    }

    TrainingResult run() {
        long begun = System.nanoTime();
        Seed seed = new Seed(config.seed());
        try (Audience closedAtTheEnd = audience;
                BatchLoader loader =
                        new BatchLoader(train, config.sampling(), config.batchSizes(train), seed.child(-1));
                HeldOut heldOut = new HeldOut(config, seed.child(-2))) {
            runner = new StepRunner(
                    model, config, loader, heldOut.loader(), new Recovery(config.onDivergence(), audience));
            memory = new RunMemory(model, config, stopping, runner);
            int first = restore();
            if (audience.wantsDetails()) {
                tell(RunDescription.of(model, config, train, validation));
            }
            TrainingEvent.Started started = started(loader, first);
            tell(started);
            TrainingState state = loop(loader, first);
            if (validation != null) {
                good.restore(model);
            }
            TrainingEvent.Finished finished =
                    new TrainingEvent.Finished(first + epochs.size(), bestEpoch, reason, System.nanoTime() - begun);
            tell(finished);
            return new TrainingResult(started, epochs, finished, state);
        } catch (TrainingDivergedException | ArithmeticException e) {
            good.restore(model);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted at step " + step, e);
        }
    }

    private int restore() {
        if (resumed == null) {
            return 0;
        }
        memory.restore(resumed);
        if (stopping != null) {
            bestEpoch = stopping.bestEpoch();
        }
        step = resumed.step();
        return resumed.epoch();
    }

    /** Trains, and tells the state at the end. */
    private TrainingState loop(BatchLoader loader, int first) throws InterruptedException {
        LossMeans means = new LossMeans(model.tasks());
        int from = 0;
        if (resumed != null) {
            from = RunMemory.stepInEpoch(resumed);
            RunMemory.restore(means, resumed);
        }
        if (checkpointer != null) {
            checkpointer.begin(memory.state(first, step, from, means));
        }
        for (int epoch = first; epoch < config.epochs(); epoch++) {
            if (stop.isGiven()) {
                reason = STOPPED;
                return memory.state(epoch, step, from, means);
            }
            long begun = System.nanoTime();
            TrainingState broken = epoch(loader, epoch, from, means);
            if (broken != null) {
                return broken;
            }
            boolean last = endEpoch(epoch, means.byTask(), begun);
            TrainingState state = memory.state(epoch + 1, step);
            if (checkpointer != null) {
                checkpointer.write(state);
            }
            if (last) {
                return state;
            }
            from = 0;
            means = new LossMeans(model.tasks());
        }
        return memory.state(config.epochs(), step);
    }

    /** Measures an epoch, and tells whether it is the last. */
    private boolean endEpoch(int epoch, Map<String, Double> losses, long begun) {
        Map<String, SortedMap<String, Double>> metrics = validation == null
                ? Map.of()
                : Evaluator.evaluate(model, validation).asMap();
        EarlyStopping.Decision decision = validation == null ? EarlyStopping.Decision.BEST : stopping.update(metrics);
        boolean best = decision == EarlyStopping.Decision.BEST;
        if (best) {
            good.take(model);
            bestEpoch = epoch;
            if (checkpointer != null && validation != null) {
                checkpointer.writeBest(step);
            }
        }
        TrainingEvent.EpochDone done =
                new TrainingEvent.EpochDone(epoch, losses, metrics, best, System.nanoTime() - begun);
        epochs.add(done);
        tell(done);
        if (sharing != null) {
            sharing.look(model, epoch).ifPresent(this::tell);
        }
        config.schedule().epochDone(model.tasks(), metrics);
        if (decision == EarlyStopping.Decision.STOP && config.earlyStopping().isPresent()) {
            reason = "no improvement on epoch " + (bestEpoch + 1) + " for "
                    + config.earlyStopping().get().patience() + " epochs";
            return true;
        }
        reason = config.schedule().finished().orElse(reason);
        return config.schedule().finished().isPresent();
    }

    /** Runs an epoch's steps, and tells the state if it was told to stop before all were done; null otherwise. */
    private TrainingState epoch(BatchLoader loader, int epoch, int from, LossMeans means) throws InterruptedException {
        BatchLoader.Epoch batches = loader.epoch(epoch, from);
        Recovery recovery = runner.recovery();
        TrainingState began = recovery.mayRollBack() ? memory.state(epoch, step) : null;
        for (int i = from; i < batches.steps(); ) {
            int count = Math.min(stepsAtOnce(), batches.steps() - i);
            List<StepOrder> orders = orders(batches, epoch, i, count);
            TrainingState before = recovery.mayUndoStep() ? memory.state(epoch, step) : null;
            try {
                run(orders, means);
                recovery.stepWentWell();
            } catch (TrainingDivergedException e) {
                recovery.recover(e, before, began, memory, epoch, step);
            }
            step += count;
            i += count;
            int done = i;
            if (checkpointer != null) {
                checkpointer.afterSteps(step - count, step, () -> memory.state(epoch, step, done, means));
            }
            if (stop.isGiven()) {
                reason = STOPPED;
                TrainingState state = memory.state(epoch, step, done, means);
                if (checkpointer != null) {
                    checkpointer.write(state);
                }
                return state;
            }
        }
        return null;
    }

    private int stepsAtOnce() {
        return config.execution() instanceof Execution.Rounds elsewhere ? elsewhere.length() : 1;
    }

    private List<StepOrder> orders(BatchLoader.Epoch batches, int epoch, int from, int count)
            throws InterruptedException {
        List<StepOrder> orders = new ArrayList<>();
        long total = (long) batches.steps() * config.epochs();
        for (int i = 0; i < count; i++) {
            orders.add(new StepOrder(batches.next(), epoch, from + i, batches.steps(), step + i, total));
        }
        return orders;
    }

    private void run(List<StepOrder> orders, LossMeans means) {
        long begun = System.nanoTime();
        if (config.execution() instanceof Execution.Rounds elsewhere) {
            StepRounds.Round round =
                    elsewhere.rounds().run(memory.state(orders.get(0).epoch(), step), orders);
            memory.restoreLearned(round.end());
            long each = (System.nanoTime() - begun) / orders.size();
            for (int i = 0; i < orders.size(); i++) {
                report(orders.get(i), round.outcomes().get(i), means, each);
            }
        } else {
            StepOutcome outcome = runner.run(orders.get(0));
            report(orders.get(0), outcome, means, System.nanoTime() - begun);
        }
    }

    private void report(StepOrder order, StepOutcome outcome, LossMeans means, long nanos) {
        means.add(outcome.losses());
        int epoch = order.epoch();
        int i = order.stepInEpoch();
        if (outcome.gramian() != null) {
            tell(new TrainingEvent.GramianSeen(epoch, i, outcome.gramian()));
        }
        for (var made : outcome.generatorLosses().entrySet()) {
            String task = model.tasks().get(made.getKey()).name();
            tell(new TrainingEvent.GeneratorDone(epoch, i, task, made.getValue()));
        }
        tell(new TrainingEvent.StepDone(
                epoch,
                i,
                outcome.losses(),
                outcome.weights(),
                outcome.learningRate(),
                outcome.gradientNorm(),
                order.batch().size(),
                nanos));
    }

    private TrainingEvent.Started started(BatchLoader loader, int first) {
        return new TrainingEvent.Started(
                model.tasks().names(), config.epochs(), loader.stepsPerEpoch(), loader.examples(first), first);
    }

    private void tell(TrainingEvent event) {
        audience.tell(event);
    }

    /** Held-out data in the loader's form, if there are any. */
    private record HeldOut(BatchLoader loader) implements AutoCloseable {

        HeldOut(TrainingConfig config, Seed seed) {
            this(config.heldOut()
                    .map(data -> new BatchLoader(data, config.sampling(), config.batchSizes(data), seed))
                    .orElse(null));
        }

        @Override
        public void close() {
            if (loader != null) {
                loader.close();
            }
        }
    }
}
