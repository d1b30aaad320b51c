package io.mtl4j.nn.model;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Who uses a model's memory: it is given back only when nobody does. Memory outside the Java heap that is used after it was
 * given back would end the JVM.
 */
final class Lifetime {

    private final ReentrantReadWriteLock uses = new ReentrantReadWriteLock();
    private boolean closed;

    /** Holds the memory until the hold is closed, on the same thread. */
    ModelHold hold() {
        uses.readLock().lock();
        if (closed) {
            uses.readLock().unlock();
            throw new IllegalStateException("this model was closed; load or build it again");
        }
        return uses.readLock()::unlock;
    }

    /** Waits until nobody uses the memory, then gives it back; the first time only. */
    void close(Runnable release) {
        if (uses.getReadHoldCount() > 0) {
            throw new IllegalStateException(
                    "a model cannot be closed from within its own training or prediction, such as"
                            + " by a listener; close it when the call has returned");
        }
        uses.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                release.run();
            }
        } finally {
            uses.writeLock().unlock();
        }
    }
}
