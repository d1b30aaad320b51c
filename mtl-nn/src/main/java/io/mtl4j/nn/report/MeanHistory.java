package io.mtl4j.nn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers over time, thinned by taking means: at most {@link #MOST} points of equally many moments each, however long the
 * training. When they are full, each two become one. A point is the mean of the numbers that were known, at the time of
 * the last of its moments.
 */
final class MeanHistory {

    static final int MOST = 512;

    private final List<Bin> bins = new ArrayList<>();
    private long span = 1;
    private Bin open;

    /** The sums of some moments. */
    private static final class Bin {
        private final double[] sums;
        private final long[] counts;
        private double time;
        private long moments;

        Bin(int size) {
            sums = new double[size];
            counts = new long[size];
        }

        void add(double at, double[] values) {
            for (int i = 0; i < values.length; i++) {
                if (Double.isFinite(values[i])) {
                    sums[i] += values[i];
                    counts[i]++;
                }
            }
            time = at;
            moments++;
        }

        void join(Bin next) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += next.sums[i];
                counts[i] += next.counts[i];
            }
            time = next.time;
            moments += next.moments;
        }

        double mean(int i) {
            return counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
        }
    }

    /**
     * Adds a moment.
     *
     * @param time when, not before the last one
     * @param values as many as in the first moment; what is not finite counts as not known
     */
    void add(double time, double... values) {
        if (open == null) {
            open = new Bin(values.length);
        }
        open.add(time, values);
        if (open.moments == span) {
            bins.add(open);
            open = null;
            if (bins.size() == MOST) {
                halve();
            }
        }
    }

    private void halve() {
        List<Bin> pairs = new ArrayList<>();
        for (int i = 0; i < bins.size(); i += 2) {
            bins.get(i).join(bins.get(i + 1));
            pairs.add(bins.get(i));
        }
        bins.clear();
        bins.addAll(pairs);
        span *= 2;
    }

    boolean isEmpty() {
        return bins.isEmpty() && open == null;
    }

    /** The times of the points. */
    double[] times() {
        return points().stream().mapToDouble(bin -> bin.time).toArray();
    }

    /** One of the numbers over time; NaN where it was never known. */
    double[] values(int number) {
        return points().stream().mapToDouble(bin -> bin.mean(number)).toArray();
    }

    /** Whether one of the numbers was known at any time. */
    boolean knows(int number) {
        return Arrays.stream(values(number)).anyMatch(Double::isFinite);
    }

    private List<Bin> points() {
        if (open == null) {
            return bins;
        }
        List<Bin> all = new ArrayList<>(bins);
        all.add(open);
        return all;
    }
}
