package io.mtl4j.nn.train;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.persist.CheckpointFolder;
import io.mtl4j.nn.persist.TrainingState;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model on several tasks together.
 *
 * <pre>{@code
 * TrainingResult result = Trainer.builder(model)
 *     .weighting(Weightings.inverseLoss())
 *     .optimizer(new Adam(1e-3))
 *     .epochs(5)
 *     .listener(Listeners.progressBar())
 *     .build()
 *     .fit(train, validation);
 * }</pre>
 *
 * <p>With validation data, the model ends with the parameters of its best epoch; without, with those of the last. A
 * trainer is for one training: its weighting and aggregator remember what they learned.
 */
public final class Trainer {

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final MultiTaskModel model;
    private final TrainingConfig config;
    private final StopSignal stop = new StopSignal();
    private TrainingState resumed;
    private boolean used;

    Trainer(MultiTaskModel model, TrainingConfig config) {
        this.model = model;
        this.config = config;
        config.requireFits(model.architecture());
        Refusal.whenElsewhere(config, !model.network().generators().tasks().isEmpty());
    }

    /**
     * {@return a builder}
     *
     * @param model the model to train
     */
    public static TrainerBuilder builder(MultiTaskModel model) {
        return new TrainerBuilder(model);
    }

    /**
     * Goes on where another training ended, with the same configuration, model and data.
     *
     * @param state what the other training ended with
     * @return this
     * @throws IllegalArgumentException if the state belongs to another seed
     */
    public Trainer resume(TrainingState state) {
        if (state.seed() != config.seed()) {
            throw new IllegalArgumentException("the state to resume was made with seed " + state.seed()
                    + ", this trainer has seed " + config.seed() + "; set the same seed");
        }
        this.resumed = state;
        return this;
    }

    /**
     * Trains without validation.
     *
     * @param train the training data
     * @return what came out
     * @throws IllegalArgumentException if the data do not fit the model
     * @throws IllegalStateException if the configuration needs validation data, or the trainer was used before
     * @throws TrainingDivergedException if a feature, loss, gradient or running statistic is NaN or infinite
     */
    public TrainingResult fit(MultiTaskData train) {
        if (config.earlyStopping().isPresent()) {
            throw new IllegalStateException("early stopping needs validation data; call fit(train, validation)");
        }
        if (config.schedule().needsValidation()) {
            throw new IllegalStateException(
                    "schedule \"" + config.schedule().name() + "\" needs validation data; call fit(train, validation)");
        }
        return run(train, null);
    }

    /**
     * Trains with a validation after each epoch, and keeps the best epoch's parameters.
     *
     * @param train the training data
     * @param validation the validation data
     * @return what came out
     * @throws IllegalArgumentException if the data do not fit the model
     * @throws IllegalStateException if the trainer was used before
     * @throws TrainingDivergedException if a feature, loss, gradient or running statistic is NaN or infinite
     */
    public TrainingResult fit(MultiTaskData train, MultiTaskData validation) {
        return run(train, Objects.requireNonNull(validation, "validation"));
    }

    private TrainingResult run(MultiTaskData train, MultiTaskData validation) {
        if (used) {
            throw new IllegalStateException("this trainer has trained already; build a fresh one for each training");
        }
        checkInputs(train, "training");
        checkComplete(train, "training");
        if (validation != null) {
            checkInputs(validation, "validation");
            checkComplete(validation, "validation");
        }
        config.heldOut().ifPresent(heldOut -> checkInputs(heldOut, "held-out"));
        used = true;
        try (ModelHold hold = model.hold()) {
            return train(train, validation);
        }
    }

    private TrainingResult train(MultiTaskData train, MultiTaskData validation) {
        if (config.checkpoints().isEmpty()) {
            return new TrainingRun(model, config, train, validation, resumed, stop).run();
        }
        resumeFrom(config.checkpoints().get());
        try (StopSignal.Hook hook = stop.atShutdown()) {
            TrainingResult result = new TrainingRun(model, config, train, validation, resumed, stop).run();
            if (stop.isGivenAtEndOfJvm()) {
                LOG.info(
                        "the program ends: {}; the checkpoints in {} go on from step {} with Checkpoints.resuming()",
                        TrainingSummary.line(result.finished()),
                        config.checkpoints().get().folder(),
                        result.state().step());
            }
            return result;
        }
    }

    private void resumeFrom(Checkpoints checkpoints) {
        CheckpointFolder folder = new CheckpointFolder(checkpoints.folder(), checkpoints.types());
        if (!checkpoints.resumes() && !folder.newestFirst().isEmpty()) {
            throw new IllegalStateException("folder " + checkpoints.folder() + " has checkpoints of another training;"
                    + " go on from them with Checkpoints.resuming(), or give an empty folder");
        }
        folder.newest().ifPresent(found -> {
            if (!found.model().architecture().equals(model.architecture())) {
                throw new IllegalArgumentException("the checkpoints in " + checkpoints.folder()
                        + " are of another model than the one to train; build the same model, or give an empty folder");
            }
            Snapshot.of(found.model()).restore(model);
            resume(found.training().orElseThrow());
        });
    }

    /**
     * Tells a training to end after its current step: one that runs in another thread, or, called by a listener, this one;
     * after the last step of an epoch no further begins. It ends as if all epochs were done: with
     * the best model, a result, and a state from which it can go on.
     */
    public void stop() {
        stop.give();
    }

    private void checkInputs(MultiTaskData data, String part) {
        for (DataSource source : data.sources()) {
            int input = model.architecture().indexOfInput(source.input());
            for (String task : source.tasks()) {
                if (model.architecture().inputOf(model.tasks().indexOf(task)) != input) {
                    throw new IllegalArgumentException(part + " data source of input \"" + source.input()
                            + "\" has labels of task \"" + task + "\", which reads another input");
                }
            }
        }
    }

    private void checkComplete(MultiTaskData data, String part) {
        for (Head head : model.architecture().heads()) {
            String task = head.task().name();
            if (head.needsLabels()
                    && data.sources().stream().noneMatch(s -> s.tasks().contains(task))) {
                throw new IllegalArgumentException("task \"" + task + "\" has no labels in the " + part
                        + " data; add labels for it or leave the task out of the model");
            }
        }
    }
}
