package io.mtl4j.event;

/**
 * Hears what happens during training, on the training thread, in order. An exception thrown by a listener stops the
 * training and reaches the caller.
 */
@FunctionalInterface
public interface TrainingListener {

    /**
     * Called for each event.
     *
     * @param event what happened
     */
    void on(TrainingEvent event);
}
