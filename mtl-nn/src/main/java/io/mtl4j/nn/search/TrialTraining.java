package io.mtl4j.nn.search;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.metric.MetricValue;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFileException;
import io.mtl4j.nn.train.Checkpoints;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.search.TrialRun;
import io.mtl4j.task.Direction;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Trains one trial up to a budget, from where its checkpoints are, and measures it. */
record TrialTraining(
        TrialRecipe recipe,
        MultiTaskData train,
        MultiTaskData validation,
        Objective objective,
        int fullBudget,
        TrialFolders folders,
        long seed) {

    TrialResult run(TrialRun run) {
        long own = new Seed(seed).child(run.trial()).value();
        try {
            TrainerBuilder trainer = recipe.trainer(run.configuration(), own);
            try (MultiTaskModel model = trainer.model()) {
                return measured(run, model, train(run, trainer.seed(own)));
            }
        } catch (ModelFileException | UncheckedIOException e) {
            throw e; // not the configuration's fault
        } catch (RuntimeException e) {
            return failed(run, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The trainer is set up for the full budget, whatever the rung, so that curves of learning rates are of one training. */
    private TrainingResult train(TrialRun run, TrainerBuilder builder) {
        AtomicReference<Trainer> trainer = new AtomicReference<>();
        trainer.set(builder.epochs(fullBudget)
                .checkpoints(Checkpoints.in(folders.of(run.trial()))
                        .keep(1)
                        .types(folders.types())
                        .resuming())
                .listener(event -> {
                    if (epochsDone(event) >= run.budget()) {
                        trainer.get().stop();
                    }
                })
                .build());
        return trainer.get().fit(train, validation);
    }

    private TrialResult measured(TrialRun run, MultiTaskModel model, TrainingResult training) {
        Evaluation evaluation = Evaluator.evaluate(model, validation);
        MetricValue value = objective.of(evaluation);
        if (!Double.isFinite(value.value())) {
            return failed(run, "the objective, " + objective.name() + ", is " + value.value());
        }
        folders.save(model, run.trial(), run.budget());
        return new TrialResult(
                run.trial(),
                run.configuration(),
                run.budget(),
                value.value(),
                value.direction(),
                evaluation.asMap(),
                "",
                training.finished().nanos() / 1e9);
    }

    private static int epochsDone(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            return started.firstEpoch();
        }
        return event instanceof TrainingEvent.EpochDone done ? done.epoch() + 1 : 0;
    }

    private static TrialResult failed(TrialRun run, String reason) {
        return new TrialResult(
                run.trial(),
                run.configuration(),
                run.budget(),
                Double.NaN,
                Direction.LOWER_IS_BETTER,
                Map.of(),
                reason,
                0);
    }
}
