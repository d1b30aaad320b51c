package io.mtl4j.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Ways to divide a data set into examples to learn from and examples held out. All are pure functions of their
 * arguments, the seed among them.
 */
public final class Splits {

    private Splits() {}

    /**
     * Holds out a part at random.
     *
     * @param n number of examples, at least 2
     * @param fraction the part to hold out, above 0 and below 1; rounded to whole examples, but neither part is empty
     * @param seed the seed of the choice
     * @return the split
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static Split holdOut(int n, double fraction, long seed) {
        checkHoldOut(n, fraction);
        return cut(Shuffle.permutation(n, Shuffle.random(seed)), fraction);
    }

    /**
     * Holds out a part that has the classes in the proportions of the whole, up to one example a class.
     *
     * @param labels the class of each example, {@code [n]}; any integers
     * @param fraction the part to hold out, above 0 and below 1; rounded to whole examples, but neither part is empty
     * @param seed the seed of the choice
     * @return the split
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static Split stratifiedHoldOut(int[] labels, double fraction, long seed) {
        checkHoldOut(labels.length, fraction);
        return cut(spread(byClass(labels, seed), fraction), fraction);
    }

    /**
     * Holds out a part in which each task has its labels in about the proportions of the whole, by iterative
     * stratification (Sechidis, Tsoumakas and Vlahavas, On the Stratification of Multi-label Data, ECML PKDD 2011,
     * Algorithm 1); the labels are the pairs of task and class. Sizes are about, not exactly, those
     * asked for; of a handful of examples a part may get none.
     *
     * @param labels the class of each example by task, {@code [K][n]}; negative where the example has no label of the
     *     task
     * @param fraction the part to hold out, above 0 and below 1
     * @param seed the seed of the choice
     * @return the split
     * @throws IllegalArgumentException if an argument is out of its range, or the tasks differ in their number of
     *     examples
     */
    public static Split stratifiedHoldOut(int[][] labels, double fraction, long seed) {
        checkHoldOut(examples(labels), fraction);
        double[] shares = {1 - fraction, fraction};
        return Split.of(new IterativeStratification(labels, shares, Shuffle.random(seed)).folds(), 1);
    }

    /**
     * Divides into k folds at random, of sizes that differ by at most 1; each is held out in one of the splits.
     *
     * @param n number of examples, at least k
     * @param k number of folds, at least 2
     * @param seed the seed of the choice
     * @return k splits
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static List<Split> kFold(int n, int k, long seed) {
        checkFolds(n, k);
        return deal(Shuffle.permutation(n, Shuffle.random(seed)), k);
    }

    /**
     * Divides into k folds of sizes that differ by at most 1, with numbers of each class that differ by at most 1.
     *
     * @param labels the class of each example, {@code [n]}; any integers; n is at least k
     * @param k number of folds, at least 2
     * @param seed the seed of the choice
     * @return k splits
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static List<Split> stratifiedKFold(int[] labels, int k, long seed) {
        checkFolds(labels.length, k);
        return deal(byClass(labels, seed), k);
    }

    /**
     * Divides into k folds in which each task has its labels in about the proportions of the whole; see {@link
     * #stratifiedHoldOut(int[][], double, long)}.
     *
     * @param labels the class of each example by task, {@code [K][n]}; negative where the example has no label of the
     *     task
     * @param k number of folds, at least 2
     * @param seed the seed of the choice
     * @return k splits
     * @throws IllegalArgumentException if an argument is out of its range, or the tasks differ in their number of
     *     examples
     */
    public static List<Split> stratifiedKFold(int[][] labels, int k, long seed) {
        checkFolds(examples(labels), k);
        double[] shares = new double[k];
        Arrays.fill(shares, 1.0 / k);
        int[] folds = new IterativeStratification(labels, shares, Shuffle.random(seed)).folds();
        return IntStream.range(0, k).mapToObj(fold -> Split.of(folds, fold)).toList();
    }

    /** {@return the examples in the order of their classes, shuffled within each class} */
    private static int[] byClass(int[] labels, long seed) {
        SplittableRandom random = Shuffle.random(seed);
        return IntStream.of(Shuffle.permutation(labels.length, random))
                .boxed()
                .sorted(Comparator.comparingInt(i -> labels[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** {@return the order changed so that its beginning is an evenly spaced choice from the whole} */
    private static int[] spread(int[] order, double fraction) {
        int n = order.length;
        int chosen = heldOut(n, fraction);
        int[] spread = new int[n];
        int front = 0;
        int back = chosen;
        for (int i = 0; i < n; i++) {
            boolean choose = (long) (i + 1) * chosen / n > (long) i * chosen / n;
            spread[choose ? front++ : back++] = order[i];
        }
        return spread;
    }

    /** {@return the split that holds out the beginning of an order} */
    private static Split cut(int[] order, double fraction) {
        int[] folds = new int[order.length];
        for (int i = 0; i < heldOut(order.length, fraction); i++) {
            folds[order[i]] = 1;
        }
        return Split.of(folds, 1);
    }

    private static List<Split> deal(int[] order, int k) {
        int[] folds = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            folds[order[i]] = i % k;
        }
        return IntStream.range(0, k).mapToObj(fold -> Split.of(folds, fold)).toList();
    }

    private static int heldOut(int n, double fraction) {
        return (int) Math.max(1, Math.min(n - 1, Math.round(n * fraction)));
    }

    private static int examples(int[][] labels) {
        if (labels.length == 0) {
            throw new IllegalArgumentException("no labels; give those of at least one task");
        }
        for (int task = 1; task < labels.length; task++) {
            if (labels[task].length != labels[0].length) {
                throw new IllegalArgumentException("task " + task + " has labels for " + labels[task].length
                        + " examples, task 0 for " + labels[0].length
                        + "; give an entry for each example, a negative one where there is no label");
            }
        }
        return labels[0].length;
    }

    private static void checkHoldOut(int n, double fraction) {
        if (n < 2) {
            throw new IllegalArgumentException(n + " examples; at least 2 are needed to hold one out");
        }
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("fraction = " + fraction + "; it must be above 0 and below 1");
        }
    }

    private static void checkFolds(int n, int k) {
        if (k < 2 || k > n) {
            throw new IllegalArgumentException("k = " + k + " folds of " + n
                    + " examples; k must be at least 2 and at most the number of examples");
        }
    }
}
