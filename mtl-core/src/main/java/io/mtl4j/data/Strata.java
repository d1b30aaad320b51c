package io.mtl4j.data;

import io.mtl4j.internal.Require;
import java.util.Arrays;

/** Turns labels of any kind into classes over which {@link Splits} can stratify. */
public final class Strata {

    private static final int MOST_CLASSES = 100;

    private Strata() {}

    /**
     * Makes classes of labels: whole numbers of which there are at most {@value #MOST_CLASSES} different ones are classes
     * already; other numbers are cut into bins of about equally many.
     *
     * @param labels one for each example; NaN where there is none
     * @param bins the number of bins, at least 2
     * @return classes from 0, {@code [n]}; -1 where there is no label
     * @throws IllegalArgumentException if a label is infinite, or there are fewer than 2 bins
     */
    public static int[] of(float[] labels, int bins) {
        Require.atLeast("bins of labels", bins, 2);
        float[] known = sortedKnown(labels);
        float[] distinct = distinct(known);
        boolean classes = distinct.length <= MOST_CLASSES && allWhole(distinct);
        float[] edges = classes ? distinct : distinct(edges(known, bins));
        int[] strata = new int[labels.length];
        for (int i = 0; i < strata.length; i++) {
            strata[i] = Float.isNaN(labels[i]) ? -1 : atOrBelow(edges, labels[i]);
        }
        return strata;
    }

    private static float[] sortedKnown(float[] labels) {
        float[] known = new float[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (Float.isInfinite(labels[i])) {
                throw new IllegalArgumentException(
                        "label of example " + i + " is " + labels[i] + "; it must be finite, or NaN for none");
            }
            if (!Float.isNaN(labels[i])) {
                known[count++] = labels[i] + 0f; // makes -0 to 0
            }
        }
        known = Arrays.copyOf(known, count);
        Arrays.sort(known);
        return known;
    }

    private static float[] distinct(float[] sorted) {
        float[] distinct = new float[sorted.length];
        int count = 0;
        for (float value : sorted) {
            if (count == 0 || value != distinct[count - 1]) {
                distinct[count++] = value;
            }
        }
        return Arrays.copyOf(distinct, count);
    }

    private static boolean allWhole(float[] values) {
        for (float value : values) {
            if (value != Math.rint(value)) {
                return false;
            }
        }
        return true;
    }

    /** The least value of each bin. */
    private static float[] edges(float[] sorted, int bins) {
        float[] edges = new float[bins];
        for (int b = 0; b < bins; b++) {
            edges[b] = sorted[(int) ((long) b * sorted.length / bins)];
        }
        return edges;
    }

    private static int atOrBelow(float[] edges, float value) {
        int found = Arrays.binarySearch(edges, value + 0f);
        return found >= 0 ? found : -found - 2;
    }
}
