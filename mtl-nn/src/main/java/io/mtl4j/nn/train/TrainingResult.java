package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.persist.TrainingState;
import java.util.List;

/**
 * What came out of a training.
 *
 * @param started how it began
 * @param epochs what happened in each epoch
 * @param finished how it ended
 * @param state what a later training needs to go on where this one ended
 */
public record TrainingResult(
        TrainingEvent.Started started,
        List<TrainingEvent.EpochDone> epochs,
        TrainingEvent.Finished finished,
        TrainingState state) {

    /** Copies the list. */
    public TrainingResult {
        epochs = List.copyOf(epochs);
    }

    /** {@return the epoch whose parameters the model has now} */
    public TrainingEvent.EpochDone best() {
        return epochs.stream()
                .filter(e -> e.epoch() == finished.bestEpoch())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the best epoch is " + (finished.bestEpoch() + 1)
                        + ", of the training that was resumed; look in the result of that one"));
    }

    /** {@return the training as a table for people: an epoch a line} */
    public String summary() {
        return TrainingSummary.of(this);
    }
}
