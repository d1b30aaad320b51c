package io.mtl4j.nn.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Does the same for several things at the same time. */
public final class Parallel {

    private Parallel() {}

    /**
     * {@return the results, in the order of the items}
     *
     * <p>With one thread, all is done on the caller's. When an item fails, those that have not begun are given up; when
     * those that have are done, its exception is thrown; of several failures, that of the first item. Only if the caller is
     * interrupted, which is passed on to the threads, may they still be at work after this has thrown.
     *
     * @param threads the number of threads, at least 1
     * @param items what to do it for
     * @param work what to do
     * @param <T> type of the items
     * @param <R> type of the results
     */
    public static <T, R> List<R> map(int threads, List<T> items, Function<T, R> work) {
        if (threads == 1 || items.size() < 2) {
            return items.stream().map(work).toList();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()), task -> {
            Thread thread = new Thread(task, "mtl4j-parallel");
            thread.setDaemon(true);
            return thread;
        });
        List<Future<R>> running = new ArrayList<>();
        try {
            items.forEach(item -> running.add(pool.submit(() -> work.apply(item))));
            List<R> results = new ArrayList<>();
            for (Future<R> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            running.forEach(each -> each.cancel(false)); // no interrupt, which would close files that others write to
            awaitEnd(pool);
            throw unchecked(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while work went on in other threads", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void awaitEnd(ExecutorService pool) {
        pool.shutdown();
        try {
            boolean ended = false;
            while (!ended) {
                ended = pool.awaitTermination(1, TimeUnit.DAYS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException unchecked(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException("work in another thread failed", e.getCause());
    }
}
