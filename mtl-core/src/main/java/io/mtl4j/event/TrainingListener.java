package io.mtl4j.event;

/**
 * Hears what happens during training, on the training thread, in order. An exception thrown by a listener stops the
 * training and reaches the caller.
 *
 * <p>A listener that is also {@link AutoCloseable} is closed when the training ends, be it normally or by an exception.
 */
@FunctionalInterface
public interface TrainingListener {

    /**
     * Called for each event.
     *
     * @param event what happened
     */
    void on(TrainingEvent event);

    /**
     * {@return whether the listener wants what takes time to find out: {@link TrainingEvent.Described} and {@link
     * TrainingEvent.SharingSeen}} False unless a listener says otherwise. Where one wants them, all hear them.
     */
    default boolean wantsDetails() {
        return false;
    }
}
