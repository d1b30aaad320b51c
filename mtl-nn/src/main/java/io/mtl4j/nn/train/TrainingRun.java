package io.mtl4j.nn.train;

import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.schedule.EarlyStopping;
import io.mtl4j.step.MethodState;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One training from beginning to end: the loop. */
final class TrainingRun {

    private final MultiTaskModel model;
    private final TrainingConfig config;
    private final MultiTaskData train;
    private final MultiTaskData validation;
    private final TrainingState resumed;
    private final EarlyStopping.State stopping;
    private final List<TrainingEvent.EpochDone> epochs = new ArrayList<>();
    private final Snapshot good;
    private final Audience audience;
    private long step;
    private int bestEpoch;

    TrainingRun(
            MultiTaskModel model,
            TrainingConfig config,
            MultiTaskData train,
            MultiTaskData validation,
            TrainingState resumed) {
        this.model = model;
        this.config = config;
        this.audience = new Audience(config.listeners());
        this.train = train;
        this.validation = validation;
        this.resumed = resumed;
        EarlyStopping rule = config.earlyStopping().orElse(EarlyStopping.patience(Integer.MAX_VALUE));
        this.stopping = validation == null ? null : rule.start(model.tasks());
        this.good = Snapshot.of(model);
    }

    TrainingResult run() {
        long begun = System.nanoTime();
        Seed seed = new Seed(config.seed());
        try (Audience closedAtTheEnd = audience;
                BatchLoader loader =
                        new BatchLoader(train, config.sampling(), config.batchSizes(train), seed.child(-1));
                HeldOut heldOut = new HeldOut(config, seed.child(-2))) {
            StepRunner runner = new StepRunner(model, config, loader, heldOut.loader());
            int first = restore(runner);
            TrainingEvent.Started started = started(loader, first);
            tell(started);
            String reason = loop(runner, loader, first);
            TrainingState state = state(runner, first + epochs.size());
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

    private String loop(StepRunner runner, BatchLoader loader, int first) throws InterruptedException {
        for (int epoch = first; epoch < config.epochs(); epoch++) {
            long begun = System.nanoTime();
            Map<String, Double> losses = epoch(runner, loader, epoch);
            Map<String, SortedMap<String, Double>> metrics = validation == null
                    ? Map.of()
                    : Evaluator.evaluate(model, validation).asMap();
            EarlyStopping.Decision decision =
                    validation == null ? EarlyStopping.Decision.BEST : stopping.update(metrics);
            boolean best = decision == EarlyStopping.Decision.BEST;
            if (best) {
                good.take(model);
                bestEpoch = epoch;
            }
            TrainingEvent.EpochDone done =
                    new TrainingEvent.EpochDone(epoch, losses, metrics, best, System.nanoTime() - begun);
            epochs.add(done);
            tell(done);
            config.schedule().epochDone(model.tasks(), metrics);
            if (config.schedule().finished().isPresent()) {
                return config.schedule().finished().get();
            }
            if (decision == EarlyStopping.Decision.STOP
                    && config.earlyStopping().isPresent()) {
                return "no improvement on epoch " + (bestEpoch + 1) + " for "
                        + config.earlyStopping().get().patience() + " epochs";
            }
        }
        return "all epochs done";
    }

    private Map<String, Double> epoch(StepRunner runner, BatchLoader loader, int epoch) throws InterruptedException {
        BatchLoader.Epoch batches = loader.epoch(epoch, 0);
        LossMeans means = new LossMeans(model.tasks());
        long total = (long) batches.steps() * config.epochs();
        for (int i = 0; i < batches.steps(); i++) {
            long begun = System.nanoTime();
            MultiTaskBatch batch = batches.next();
            double rate =
                    config.optimizer().learningRate() * config.learningRate().factor(step, total);
            StepRunner.Outcome outcome =
                    runner.run(batch, epoch, step, rate, runner.planner().plan(epoch, i, batches.steps()));
            step++;
            means.add(outcome.losses());
            if (outcome.gramian() != null) {
                tell(new TrainingEvent.GramianSeen(epoch, i, outcome.gramian()));
            }
            tell(new TrainingEvent.StepDone(
                    epoch,
                    i,
                    outcome.losses(),
                    outcome.weights(),
                    rate,
                    outcome.gradientNorm(),
                    batch.size(),
                    System.nanoTime() - begun));
        }
        return means.byTask();
    }

    private TrainingEvent.Started started(BatchLoader loader, int first) {
        return new TrainingEvent.Started(
                model.tasks().names(), config.epochs(), loader.stepsPerEpoch(), loader.examples(first), first);
    }

    private void tell(TrainingEvent event) {
        audience.tell(event);
    }

    private TrainingState state(StepRunner runner, int nextEpoch) {
        List<MethodState> methods = new ArrayList<>();
        methods.add(config.weighting().state());
        config.aggregation().map(Aggregator::state).ifPresent(methods::add);
        if (scheduleRemembers()) {
            methods.add(config.schedule().state());
        }
        if (stopping != null) {
            methods.add(stopping.state());
        }
        return new TrainingState(
                nextEpoch,
                step,
                config.seed(),
                Snapshot.of(model),
                runner.optimizerState().dup(),
                methods);
    }

    private boolean scheduleRemembers() {
        return !config.schedule().state().values().isEmpty();
    }

    private int restore(StepRunner runner) {
        if (resumed == null) {
            return 0;
        }
        INDArray memory = runner.optimizerState();
        if (memory.length() != resumed.optimizer().length()) {
            throw new IllegalArgumentException("the state to resume has an optimizer memory of "
                    + resumed.optimizer().length() + " numbers where " + memory.length()
                    + " are needed; configure the same model and optimizer as when it was saved");
        }
        if (!memory.isEmpty()) {
            memory.assign(resumed.optimizer());
        }
        config.weighting().restore(resumed.method(config.weighting().name()));
        config.aggregation().ifPresent(a -> a.restore(resumed.method(a.name())));
        if (scheduleRemembers()) {
            config.schedule().restore(resumed.method(config.schedule().name()));
        }
        if (stopping != null) {
            stopping.restore(resumed.method("early-stopping"));
            bestEpoch = stopping.bestEpoch();
        }
        resumed.last().restore(model);
        step = resumed.step();
        return resumed.epoch();
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

    /** Means of the tasks' losses over the steps in which they were present. */
    private static final class LossMeans {
        private final TaskSet tasks;
        private final double[] sums;
        private final int[] counts;

        LossMeans(TaskSet tasks) {
            this.tasks = tasks;
            this.sums = new double[tasks.size()];
            this.counts = new int[tasks.size()];
        }

        void add(double[] losses) {
            for (int k = 0; k < losses.length; k++) {
                if (!Double.isNaN(losses[k])) {
                    sums[k] += losses[k];
                    counts[k]++;
                }
            }
        }

        Map<String, Double> byTask() {
            Map<String, Double> means = new LinkedHashMap<>();
            for (int k = 0; k < sums.length; k++) {
                if (counts[k] > 0) {
                    means.put(tasks.get(k).name(), sums[k] / counts[k]);
                }
            }
            return means;
        }
    }
}
