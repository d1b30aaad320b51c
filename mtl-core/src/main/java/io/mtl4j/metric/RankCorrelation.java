package io.mtl4j.metric;

/** Spearman's correlation: Pearson's correlation of the ranks, equal values sharing the mean of their ranks. */
final class RankCorrelation {
    private final DoubleList xs = new DoubleList();
    private final DoubleList ys = new DoubleList();

    void add(double x, double y) {
        xs.add(x);
        ys.add(y);
    }

    /** {@return the correlation; NaN when either side does not vary} */
    double value() {
        double[] sortedX = xs.sorted();
        double[] sortedY = ys.sorted();
        PairedMoments moments = new PairedMoments();
        for (int i = 0; i < xs.size(); i++) {
            moments.add(rank(sortedX, xs.get(i)), rank(sortedY, ys.get(i)));
        }
        return moments.correlation();
    }

    /** The mean of the places, from 0, that the value has in the sorted array. */
    private static double rank(double[] sorted, double value) {
        return 0.5 * (place(sorted, Math.nextDown(value)) + place(sorted, value) - 1);
    }

    /** How many values are at most the bound. */
    private static int place(double[] sorted, double bound) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
