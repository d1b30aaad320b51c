package io.mtl4j.metric;

import java.util.Arrays;

/**
 * Discounted cumulative gain of an order of items with graded relevance: {@code Σ_p (2^{r_p} - 1) / log2(1 + p)} over the places
 * p = 1, 2, ... (Järvelin and Kekäläinen, ACM Transactions on Information Systems 2002, with the gains of Burges et al., ICML
 * 2005).
 */
public final class Dcg {

    /** The highest relevance that is taken; with higher ones the first item would be all that counts. */
    public static final double MAX_RELEVANCE = 30;

    private Dcg() {}

    /**
     * {@return what an item is worth at the first place}
     *
     * @param relevance from 0 to {@link #MAX_RELEVANCE}
     */
    public static double gain(double relevance) {
        return Math.pow(2, relevance) - 1;
    }

    /**
     * {@return what part of its gain an item keeps}
     *
     * @param place its place, from 1
     */
    public static double discount(int place) {
        return Math.log(2) / Math.log(1 + place);
    }

    /**
     * {@return the gain of an order}
     *
     * @param relevance of each item, first place first
     * @param depth how many places count
     */
    public static double of(double[] relevance, int depth) {
        double sum = 0;
        for (int place = 1; place <= Math.min(depth, relevance.length); place++) {
            sum += gain(relevance[place - 1]) * discount(place);
        }
        return sum;
    }

    /**
     * {@return the gain of the best order}
     *
     * @param relevance of each item, in any order
     * @param depth how many places count
     */
    public static double ideal(double[] relevance, int depth) {
        double[] ascending = relevance.clone();
        Arrays.sort(ascending);
        double[] descending = new double[ascending.length];
        for (int i = 0; i < descending.length; i++) {
            descending[i] = ascending[ascending.length - 1 - i];
        }
        return of(descending, depth);
    }
}
