package io.mtl4j.examples.benchmark;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What many threads saw while they asked models. */
final class ServingTally {

    private final LongAdder calls = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    /** Notes a call. */
    void answered(boolean right, long took) {
        calls.increment();
        nanos.add(took);
        longest.accumulateAndGet(took, Math::max);
        if (!right) {
            wrong.increment();
        }
    }

    /** Notes the first failure. */
    void failed(RuntimeException e) {
        failure.compareAndSet(null, e);
    }

    /** Throws the first failure, if there was one. */
    void requireNoFailure() {
        if (failure.get() != null) {
            throw new IllegalStateException("a prediction failed after " + calls.sum() + " calls", failure.get());
        }
    }

    long calls() {
        return calls.sum();
    }

    long wrong() {
        return wrong.sum();
    }

    double meanMillis() {
        return nanos.sum() / 1e6 / Math.max(1, calls.sum());
    }

    double longestMillis() {
        return longest.get() / 1e6;
    }
}
