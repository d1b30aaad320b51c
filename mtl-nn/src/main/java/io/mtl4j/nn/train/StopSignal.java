package io.mtl4j.nn.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a training to end after its current step. */
final class StopSignal {

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
    private static final int SECONDS_TO_END = 60;

    private volatile boolean given;
    private volatile boolean atEndOfJvm;

    void give() {
        given = true;
    }

    boolean isGiven() {
        return given;
    }

    /**
     * While the result is open, the JVM's end waits for the training's: the signal is given, and the JVM goes on ending once
     * the result is closed.
     */
    Hook atShutdown() {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> giveAndAwait(ended), "mtl4j-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            ended.countDown();
            if (!given) {
                remove(hook);
            }
        };
    }

    /** What the JVM's end waits for. */
    interface Hook extends AutoCloseable {
        @Override
        void close();
    }

    /** Whether the JVM's end gave the signal, such as by Ctrl-C, so that nobody else may be there to tell of the result. */
    boolean isGivenAtEndOfJvm() {
        return atEndOfJvm;
    }

    private void giveAndAwait(CountDownLatch ended) {
        atEndOfJvm = true;
        give();
        try {
            if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("training did not end within {} s; its last checkpoint is the one before", SECONDS_TO_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM is ending already, so the hook stays", e);
        }
    }
}
