package io.mtl4j.grouping;

import io.mtl4j.internal.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best groups, by dynamic programming over sets of tasks, written as bits.
 *
 * <p>A choice of groups and of who serves whom is a partition of the tasks into served sets A, each with a group {@code S ⊇
 * A}; so with {@code w(A) = max_{S ⊇ A} Σ_{i ∈ A} v_S(i)} the best value of T with m groups is {@code B_m(T) = max_A B_{m-1}(T \
 * A) + w(A)}, over the sets A that have the first task of T.
 */
final class BestGroups {

    /** 3^16 is 43 million. */
    static final int MOST_TASKS = 16;

    private final TaskAffinity affinity;
    private final double[][] values;
    private final double[] alone;
    private final int tasks;
    private final double[] worth;
    private final int[] group;

    BestGroups(TaskAffinity affinity, double[] alone) {
        this.affinity = affinity;
        this.values = affinity.values();
        this.alone = alone.clone();
        this.tasks = values.length;
        if (tasks > MOST_TASKS) {
            throw new IllegalArgumentException(tasks + " tasks to group; the best groups of more than " + MOST_TASKS
                    + " take too long to find: join tasks that belong together first");
        }
        if (alone.length != tasks) {
            throw new IllegalArgumentException(
                    "worth of being alone: " + alone.length + " numbers for " + tasks + " tasks; give one for each");
        }
        Arrays.stream(alone).forEach(value -> Require.finite("worth of being alone", value));
        this.worth = new double[1 << tasks];
        this.group = new int[1 << tasks];
    }

    TaskGrouping find(int mostGroups) {
        int most = Math.min(Require.atLeast("groups", mostGroups, 1), tasks);
        weighSets();
        int sets = 1 << tasks;
        double[][] best = new double[most][];
        int[][] first = new int[most][sets];
        best[0] = worth.clone();
        Arrays.setAll(first[0], set -> set);
        for (int m = 1; m < most; m++) {
            best[m] = best[m - 1].clone();
            for (int set = 1; set < sets; set++) {
                split(set, best[m - 1], best[m], first[m]);
            }
        }
        return grouping(best, first);
    }

    /** Fills in w(A) and the smallest S that reaches it. */
    private void weighSets() {
        Arrays.fill(worth, Double.NEGATIVE_INFINITY);
        worth[0] = 0;
        double[] sums = new double[1 << tasks];
        IntStream.range(1, 1 << tasks)
                .boxed()
                .sorted(Comparator.comparingInt(Integer::bitCount))
                .forEach(all -> {
                    double[] onto = onto(all);
                    for (int part = -all & all; part != 0; part = (part - all) & all) {
                        int lowest = Integer.lowestOneBit(part);
                        sums[part] = sums[part ^ lowest] + onto[Integer.numberOfTrailingZeros(lowest)];
                        if (sums[part] > worth[part]) {
                            worth[part] = sums[part];
                            group[part] = all;
                        }
                    }
                });
    }

    /** The mean affinity of a group onto each of its tasks. */
    private double[] onto(int all) {
        double[] onto = new double[tasks];
        int size = Integer.bitCount(all);
        for (int j = 0; j < tasks; j++) {
            if ((all >> j & 1) != 0) {
                double sum = 0;
                for (int i = 0; i < tasks; i++) {
                    sum += i != j && (all >> i & 1) != 0 ? values[i][j] : 0;
                }
                onto[j] = size == 1 ? alone[j] : sum / (size - 1);
            }
        }
        return onto;
    }

    /** Looks for a set to serve by a group of its own, such that what is left, with one group less, makes more. */
    private void split(int set, double[] oneLess, double[] best, int[] first) {
        int lowest = Integer.lowestOneBit(set);
        int others = set ^ lowest;
        for (int more = others; more != 0; ) {
            more = (more - 1) & others;
            int part = more | lowest;
            double value = worth[part] + oneLess[set ^ part];
            if (value > best[set]) {
                best[set] = value;
                first[set] = part;
            }
        }
    }

    private TaskGrouping grouping(double[][] best, int[][] first) {
        List<TaskGroup> groups = new ArrayList<>();
        int left = first[0].length - 1;
        for (int m = best.length - 1; left != 0; m--) {
            if (m > 0 && first[m][left] == 0) {
                continue; // one group less does as well
            }
            int served = first[m][left];
            groups.add(new TaskGroup(names(group[served]), names(served)));
            left ^= served;
        }
        return new TaskGrouping(groups, best[best.length - 1][first[0].length - 1]);
    }

    private List<String> names(int set) {
        return IntStream.range(0, tasks)
                .filter(i -> (set >> i & 1) != 0)
                .mapToObj(affinity.tasks()::get)
                .toList();
    }
}
