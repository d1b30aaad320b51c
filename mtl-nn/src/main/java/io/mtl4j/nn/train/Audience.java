package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.util.List;

/** The listeners of one training: they hear every event in order, and those that can be closed are closed at its end. */
final class Audience implements AutoCloseable {

    private final List<TrainingListener> listeners;

    Audience(List<TrainingListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(TrainingEvent event) {
        for (TrainingListener listener : listeners) {
            listener.on(event);
        }
    }

    /** {@return whether anyone wants what takes time to find out} */
    boolean wantsDetails() {
        return listeners.stream().anyMatch(TrainingListener::wantsDetails);
    }

    /** Closes all, also if one fails; the first failure is thrown and carries the others. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (TrainingListener listener : listeners) {
            try {
                if (listener instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            } catch (Exception e) {
                failure = join(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException join(RuntimeException first, Exception next) {
        if (first != null) {
            first.addSuppressed(next);
            return first;
        }
        return next instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("a training listener could not be closed: " + next.getMessage(), next);
    }
}
