package io.mtl4j.nn.semi;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.ensemble.Average;
import io.mtl4j.nn.ensemble.Ensemble;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.nn.train.BatchTransform;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Learners that are trained apart at first, and then together, each learning from the labels and from what the others say (Y.
 * Zhang and others, "Deep Mutual Learning", CVPR 2018). With the loss L of a task, labels y, and the mean q of the others'
 * probabilities, a learner minimises {@code (1 - w) L(y) + w L(q)}, which for cross-entropy and w = 1/2 is half of equation 5
 * (the Kullback-Leibler divergence from q differs from the cross-entropy by what the learner cannot change); where there are
 * no labels, it minimises {@code L(q)}. The learners see the same tasks and inputs; their encoders may differ.
 *
 * <pre>{@code
 * MutualLearning.of(model -> Trainer.builder(model).optimizer(new Adam(1e-3)).batchSize(64))
 *         .apart(5)
 *         .together(15)
 *         .run(List.of(one, two), data);
 * Ensemble both = new Ensemble(List.of(one, two), new Average());
 * }</pre>
 *
 * <p>Learners take turns epoch by epoch where the paper's take turns step by step: while one learns, the others stand still and
 * answer for each of its batches.
 *
 * @param trainer makes a fresh trainer of a model, with all settings but the number of epochs; the same ones each time
 * @param apart number of epochs that each learner has alone, on the examples that have labels, at least 1
 * @param together number of epochs that each learner has with the others, on all examples, at least 1
 * @param weight w, from 0 to 1
 */
public record MutualLearning(Function<MultiTaskModel, TrainerBuilder> trainer, int apart, int together, double weight) {

    /** Checks the values. */
    public MutualLearning {
        Objects.requireNonNull(trainer, "trainer");
        Require.atLeast("mutual learning: epochs apart", apart, 1);
        Require.atLeast("mutual learning: epochs together", together, 1);
        Require.within("mutual learning: weight of the others", weight, 0, 1);
    }

    /**
     * {@return mutual learning of 10 epochs apart and 10 together, the others weighing as much as the labels}
     *
     * @param trainer makes a fresh trainer of a model, with all settings but the number of epochs
     */
    public static MutualLearning of(Function<MultiTaskModel, TrainerBuilder> trainer) {
        return new MutualLearning(trainer, 10, 10, 0.5);
    }

    /**
     * {@return this with another number of epochs apart}
     *
     * @param epochs at least 1
     */
    public MutualLearning apart(int epochs) {
        return new MutualLearning(trainer, epochs, together, weight);
    }

    /**
     * {@return this with another number of epochs together}
     *
     * @param epochs at least 1
     */
    public MutualLearning together(int epochs) {
        return new MutualLearning(trainer, apart, epochs, weight);
    }

    /**
     * {@return this with another weight of the others}
     *
     * @param value from 0 to 1
     */
    public MutualLearning weight(double value) {
        return new MutualLearning(trainer, apart, together, value);
    }

    /**
     * Trains the learners.
     *
     * @param learners at least 2, of the same inputs and tasks; they are changed
     * @param data the training data, with labels of some examples or all
     * @throws IllegalArgumentException if the learners do not fit together, or no example has a label
     */
    public void run(List<MultiTaskModel> learners, MultiTaskData data) {
        if (learners.size() < 2) {
            throw new IllegalArgumentException(
                    "mutual learning: " + learners.size() + " learners; it takes at least 2");
        }
        new Ensemble(learners, new Average()); // says how they differ
        MultiTaskData labeled = LabeledRows.only(data);
        for (MultiTaskModel learner : learners) {
            trainer.apply(learner).epochs(apart).build().fit(labeled);
        }
        List<TrainingState> states = new ArrayList<>(Collections.nCopies(learners.size(), null));
        for (int epoch = 0; epoch < together; epoch++) {
            for (int i = 0; i < learners.size(); i++) {
                List<MultiTaskModel> others = new ArrayList<>(learners);
                others.remove(i);
                Turn turn = new Turn(epoch);
                turn.trainer = trainer.apply(learners.get(i))
                        .epochs(together)
                        .transform(taughtBy(new Ensemble(others, new Average())))
                        .listener(turn)
                        .build();
                if (epoch > 0) {
                    turn.trainer.resume(states.get(i));
                }
                states.set(i, turn.trainer.fit(data).state());
            }
        }
    }

    /** One epoch of one learner: stops its trainer at the last step of the epoch, to be resumed at the next turn. */
    private static final class Turn implements TrainingListener {
        private final int epoch;
        private Trainer trainer;
        private int steps;

        Turn(int epoch) {
            this.epoch = epoch;
        }

        @Override
        public void on(TrainingEvent event) {
            if (event instanceof TrainingEvent.Started started) {
                steps = started.stepsPerEpoch();
            } else if (event instanceof TrainingEvent.StepDone done
                    && done.epoch() == epoch
                    && done.step() == steps - 1) {
                trainer.stop();
            }
        }
    }

    private BatchTransform taughtBy(Predictor others) {
        SoftTargets targets = new SoftTargets(weight, 1, 0);
        return (batch, step, totalSteps) -> {
            Map<String, SourceBatch> taught = new LinkedHashMap<>();
            batch.sources()
                    .forEach((input, one) ->
                            taught.put(input, targets.apply(others.heads(), one, others.outputs(input, one))));
            return new MultiTaskBatch(taught, batch.skipped());
        };
    }
}
