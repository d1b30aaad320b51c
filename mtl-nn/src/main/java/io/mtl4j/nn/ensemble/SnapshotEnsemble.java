package io.mtl4j.nn.ensemble;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.internal.Require;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.schedule.LearningRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An ensemble from a single training: the learning rate goes down to 0 several times, and each time the model is copied
 * before the rate jumps up and drives it to another place (G. Huang and others, "Snapshot Ensembles: Train 1, Get M for
 * Free", ICLR 2017).
 *
 * <pre>{@code
 * SnapshotEnsemble snapshots = new SnapshotEnsemble(model, 5);
 * Trainer.builder(model)
 *         .learningRate(snapshots.learningRate())
 *         .listener(snapshots)
 *         .epochs(50)
 *         .build()
 *         .fit(train);
 * Ensemble ensemble = snapshots.ensemble(5);
 * }</pre>
 *
 * <p>One object is for one training, from its beginning to its end.
 */
public final class SnapshotEnsemble implements TrainingListener {

    private final MultiTaskModel model;
    private final CyclicCosine curve;
    private final List<MultiTaskModel> copies = new ArrayList<>();
    private long totalSteps;
    private long done;

    /**
     * Prepares for a training.
     *
     * @param model the model that will be trained
     * @param cycles number of times that the learning rate goes down, at least 1
     */
    public SnapshotEnsemble(MultiTaskModel model, int cycles) {
        this.model = Objects.requireNonNull(model, "model");
        this.curve = new CyclicCosine(cycles);
    }

    /** {@return the learning rate to train with} */
    public LearningRate learningRate() {
        return curve;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            totalSteps = (long) started.epochs() * started.stepsPerEpoch();
            done = (long) started.firstEpoch() * started.stepsPerEpoch();
        } else if (event instanceof TrainingEvent.StepDone) {
            done++;
            if (done % curve.length(totalSteps) == 0 || done == totalSteps) {
                copies.add(model.copy());
            }
        }
    }

    /** {@return the model at the end of each cycle so far, copies} */
    public List<MultiTaskModel> snapshots() {
        return List.copyOf(copies);
    }

    /**
     * {@return the average of the last snapshots, which are the best trained}
     *
     * @param last how many at most, at least 1
     * @throws IllegalStateException if no cycle has ended
     */
    public Ensemble ensemble(int last) {
        Require.atLeast("snapshots in the ensemble", last, 1);
        if (copies.isEmpty()) {
            throw new IllegalStateException(
                    "no cycle of the learning rate has ended; add this as a listener to the trainer and train first");
        }
        return new Ensemble(copies.subList(Math.max(0, copies.size() - last), copies.size()), new Average());
    }
}
