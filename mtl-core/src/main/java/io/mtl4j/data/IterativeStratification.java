package io.mtl4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Iterative stratification (Sechidis, Tsoumakas and Vlahavas, 2011, Algorithm 1): the rarest label goes first, and each
 * of its examples to the fold that still wants most of it. Deviation: ties between labels go to the first label.
 */
final class IterativeStratification {

    private final int[][] labels;
    private final SplittableRandom random;
    private final int[] folds;
    private final Map<Long, Integer> ids = new HashMap<>();
    private final List<List<Integer>> members = new ArrayList<>();
    private final int[] left;
    private final double[] wantedExamples;
    private final double[][] wantedOfLabel;

    /**
     * Counts the labels.
     *
     * @param labels classes {@code [K][n]}; negative for none
     * @param shares the part of the examples that each fold shall have; they sum to 1
     * @param random random numbers for the order of examples and for ties
     */
    IterativeStratification(int[][] labels, double[] shares, SplittableRandom random) {
        this.labels = labels;
        this.random = random;
        int n = labels[0].length;
        this.folds = new int[n];
        Arrays.fill(folds, -1);
        for (int example : Shuffle.permutation(n, random)) {
            for (int task = 0; task < labels.length; task++) {
                if (labels[task][example] >= 0) {
                    int id = ids.computeIfAbsent(key(task, example), unused -> newLabel());
                    members.get(id).add(example);
                }
            }
        }
        this.left = members.stream().mapToInt(List::size).toArray();
        this.wantedExamples = Arrays.stream(shares).map(share -> share * n).toArray();
        this.wantedOfLabel = members.stream()
                .map(of -> Arrays.stream(shares).map(share -> share * of.size()).toArray())
                .toArray(double[][]::new);
    }

    /** {@return the fold of each example} */
    int[] folds() {
        for (int label = rarest(); label >= 0; label = rarest()) {
            for (int example : members.get(label)) {
                if (folds[example] < 0) {
                    assign(example, neediest(wantedOfLabel[label]));
                }
            }
        }
        for (int example : Shuffle.permutation(folds.length, random)) {
            if (folds[example] < 0) {
                assign(example, neediest(wantedExamples));
            }
        }
        return folds.clone();
    }

    private int newLabel() {
        members.add(new ArrayList<>());
        return members.size() - 1;
    }

    private long key(int task, int example) {
        return ((long) task << 32) | labels[task][example];
    }

    private int rarest() {
        int best = -1;
        for (int label = 0; label < left.length; label++) {
            if (left[label] > 0 && (best < 0 || left[label] < left[best])) {
                best = label;
            }
        }
        return best;
    }

    /** {@return the fold that wants most, then the one that wants most examples of any kind, then one at random} */
    private int neediest(double[] wanted) {
        int best = 0;
        int ties = 1;
        for (int fold = 1; fold < wanted.length; fold++) {
            int order = Double.compare(wanted[fold], wanted[best]);
            if (order == 0) {
                order = Double.compare(wantedExamples[fold], wantedExamples[best]);
            }
            if (order > 0) {
                best = fold;
                ties = 1;
            } else if (order == 0 && random.nextInt(++ties) == 0) {
                best = fold;
            }
        }
        return best;
    }

    private void assign(int example, int fold) {
        folds[example] = fold;
        wantedExamples[fold]--;
        for (int task = 0; task < labels.length; task++) {
            if (labels[task][example] >= 0) {
                int label = ids.get(key(task, example));
                left[label]--;
                wantedOfLabel[label][fold]--;
            }
        }
    }
}
