package io.mtl4j.examples.benchmark;

import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.train.Trainer;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A training to measure: the library's own, with Adam at 1e-3, on one batch in memory. A step is a forward pass, the
 * losses, the backward passes and the update.
 *
 * @param reference the network
 * @param mode how losses become an update
 * @param tasks the number of tasks
 * @param sharing how they share the encoder
 */
record Workload(ReferenceModel reference, Mode mode, int tasks, Sharing sharing) {

    /** Takes the reference's own number of tasks. */
    Workload(ReferenceModel reference, Mode mode) {
        this(reference, mode, reference.tasks());
    }

    /** Takes the one encoder for all tasks. */
    Workload(ReferenceModel reference, Mode mode, int tasks) {
        this(reference, mode, tasks, Sharings.hard());
    }

    /**
     * Trains.
     *
     * @param steps how many steps
     * @param listener hears of each
     */
    void train(int steps, TrainingListener listener) {
        MultiTaskModel model = reference.model(tasks, sharing);
        mode.apply(Trainer.builder(model))
                .optimizer(new Adam(1e-3))
                .sampling(new SameBatch(steps))
                .batchSize(reference.batch())
                .epochs(1)
                .listener(listener)
                .build()
                .fit(MultiTaskData.of(RandomExamples.batch(reference, tasks)));
    }
}
