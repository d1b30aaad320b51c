package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains a model by single steps, on batches as they come in: online adaptation of a model that is in use.
 *
 * <pre>{@code
 * OnlineTrainer online = Trainer.builder(model).optimizer(new Adam(1e-4)).online();
 * Prediction answer = model.predict(example);
 * Map<String, Double> losses = online.update(batch); // once the truth is known
 * }</pre>
 *
 * <p>The optimiser, the weighting and the aggregation remember what they learn from one update to the next. There are no
 * epochs: the schedule and the learning-rate curve see a first epoch that does not end, so that a curve over the length of a
 * training stays at its beginning, while one in steps, such as a warm-up, takes its course. The same model, seed and batches
 * give the same result.
 *
 * <p>Not safe for use by several threads at once. Predictions between updates see all of the update; one made meanwhile may
 * mix the parameters of two.
 */
public final class OnlineTrainer {

    private final MultiTaskModel model;
    private final StepRunner runner;
    private final Snapshot before;
    private long updates;

    OnlineTrainer(MultiTaskModel model, TrainingConfig config) {
        requireSteps(config);
        config.requireFits(model.architecture());
        this.model = model;
        Recovery stops = new Recovery(config.onDivergence(), new Audience(config.listeners()));
        this.runner = new StepRunner(model, config, null, null, stops);
        this.before = Snapshot.of(model);
    }

    /** Refuses what only a whole training on a data set can do. */
    private static void requireSteps(TrainingConfig config) {
        Refusal refusal = new Refusal(
                "online training",
                "an update is one step on one batch, so leave it out or train with build().fit(...)");
        refusal.whenMoreDataNeeded(config.requirements());
        refusal.when(config.schedule().needsValidation(), "a schedule that needs validation data");
        refusal.when(config.earlyStopping().isPresent(), "early stopping");
        refusal.when(config.checkpoints().isPresent(), "checkpoints");
        refusal.when(!config.listeners().isEmpty(), "listeners");
        refusal.when(config.diagnosticsEvery() != 0, "gradient diagnostics");
        refusal.when(!config.onDivergence().equals(OnDivergence.stop()), "recovery from divergence");
        refusal.when(!config.execution().isHere(), "steps that are computed elsewhere");
    }

    /**
     * Takes one step.
     *
     * @param batch labelled examples of one or more inputs; tasks without labels take no part
     * @return the losses before the step, of the tasks that have labels, in the order of the model's tasks
     * @throws IllegalArgumentException if the batch does not fit the model or has no labels
     * @throws TrainingDivergedException if a feature, loss, gradient or running statistic is NaN or infinite; parameters and running statistics are as
     *     before the step
     */
    public Map<String, Double> update(MultiTaskBatch batch) {
        try (ModelHold hold = model.hold()) {
            return step(batch);
        }
    }

    private Map<String, Double> step(MultiTaskBatch batch) {
        requireLabels(batch);
        int place = (int) Math.min(updates, Integer.MAX_VALUE - 1);
        StepOrder order = new StepOrder(batch, 0, place, Integer.MAX_VALUE, updates, Long.MAX_VALUE);
        before.take(model);
        StepOutcome outcome;
        try {
            outcome = runner.run(order);
        } catch (RuntimeException e) {
            before.restore(model);
            throw e;
        }
        updates++;
        Map<String, Double> losses = new LinkedHashMap<>();
        for (int k = 0; k < outcome.losses().length; k++) {
            if (!Double.isNaN(outcome.losses()[k])) {
                losses.put(model.tasks().get(k).name(), outcome.losses()[k]);
            }
        }
        return losses;
    }

    /** Without labels, the optimiser would only follow its momentum. */
    private void requireLabels(MultiTaskBatch batch) {
        for (int k = 0; k < model.tasks().size(); k++) {
            String input = model.architecture()
                    .inputs()
                    .get(model.architecture().inputOf(k))
                    .name();
            var source = batch.sources().get(input);
            if (source != null && model.network().targets(k, source) != null) {
                return;
            }
        }
        throw new IllegalArgumentException("a batch without labels of any of the tasks "
                + model.tasks().names() + "; an update needs labels of at least one");
    }

    /** {@return the number of updates done} */
    public long updates() {
        return updates;
    }
}
