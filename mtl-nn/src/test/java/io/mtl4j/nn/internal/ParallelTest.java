package io.mtl4j.nn.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ParallelTest {

    private static final List<Integer> ITEMS = List.of(0, 1, 2, 3, 4);

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void resultsAreInTheOrderOfTheItems() {
        CountDownLatch third = new CountDownLatch(1);
        List<Integer> squares = Parallel.map(3, ITEMS, i -> {
            if (i == 2) {
                third.countDown();
            }
            await(third);
            return i * i;
        });
        assertEquals(List.of(0, 1, 4, 9, 16), squares);
    }

    /** So that what work writes to can be closed and removed by the caller. */
    @Test
    void afterAFailureNothingRunsOn() {
        IllegalStateException failure = new IllegalStateException("the first");
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        RuntimeException thrown = assertThrows(
                IllegalStateException.class,
                () -> Parallel.map(2, ITEMS.subList(0, 2), i -> {
                    if (i == 0) {
                        await(begun);
                        throw failure;
                    }
                    begun.countDown();
                    try {
                        Thread.sleep(200);
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                    done.set(true);
                    return i;
                }));
        assertSame(failure, thrown);
        assertTrue(done.get());
        assertFalse(interrupted.get());
    }

    @Test
    void anInterruptOfTheCallerIsPassedOn() {
        Thread caller = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(2);
        Thread other = new Thread(() -> {
            await(begun);
            caller.interrupt();
        });
        other.start();
        assertThrows(
                IllegalStateException.class,
                () -> Parallel.map(2, ITEMS.subList(0, 2), i -> {
                    begun.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        told.countDown();
                    }
                    return i;
                }));
        assertTrue(Thread.interrupted());
        await(told);
    }
}
