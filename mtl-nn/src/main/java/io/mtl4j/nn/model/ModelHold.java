package io.mtl4j.nn.model;

/** Keeps a model's memory while it is open, so that another thread's {@link MultiTaskModel#close()} waits. */
@FunctionalInterface
public interface ModelHold extends AutoCloseable {

    /** Lets go; on the thread that took hold. */
    @Override
    void close();
}
