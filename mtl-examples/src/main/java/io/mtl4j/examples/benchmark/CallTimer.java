package io.mtl4j.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Times a call that is made again and again, after some seconds to warm up. */
final class CallTimer {

    private CallTimer() {}

    /**
     * Times a call.
     *
     * @param call what to time
     * @param options how long
     * @return what was measured
     */
    static Timing measure(Runnable call, WindowOptions options) {
        window(call, options.warmup());
        List<Double> rates = new ArrayList<>();
        LongStream.Builder nanos = LongStream.builder();
        for (int i = 0; i < options.windows(); i++) {
            long begun = System.nanoTime();
            long[] calls = window(call, options.seconds());
            rates.add(calls.length * 1e9 / (System.nanoTime() - begun));
            LongStream.of(calls).forEach(nanos);
        }
        return new Timing(options.median(rates), nanos.build().sorted().toArray());
    }

    /** Calls until the time is over, at least once; the nanoseconds of each call. */
    private static long[] window(Runnable call, double seconds) {
        LongStream.Builder nanos = LongStream.builder();
        long begun = System.nanoTime();
        long before;
        long after = begun;
        do {
            before = after;
            call.run();
            after = System.nanoTime();
            nanos.add(after - before);
        } while (after - begun < seconds * 1e9);
        return nanos.build().toArray();
    }

    /**
     * How fast a call is.
     *
     * @param callsPerSecond median over the windows
     * @param nanos what each call took, in ascending order
     */
    record Timing(double callsPerSecond, long[] nanos) {

        /**
         * {@return the time below which a share of the calls stays, in milliseconds}
         *
         * @param share above 0, at most 1
         */
        double millisOf(double share) {
            int rank = (int) Math.ceil(share * nanos.length);
            return nanos[Math.max(rank, 1) - 1] / 1e6;
        }
    }
}
