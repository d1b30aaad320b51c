package io.mtl4j.grouping;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which tasks are learned together: groups, each with a model of its own, such that every task is served by exactly one. A task
 * may also be in other groups, where it only helps.
 *
 * @param groups the groups
 * @param score the sum, over the tasks, of the mean affinity of a task's group onto it, or of what being alone is worth to it;
 *     higher is better
 */
public record TaskGrouping(List<TaskGroup> groups, double score) {

    /** Checks that no task is served twice, and copies the list. */
    public TaskGrouping {
        groups = List.copyOf(groups);
        Set<String> served = new HashSet<>();
        for (TaskGroup group : groups) {
            for (String task : group.serves()) {
                if (!served.add(task)) {
                    throw new IllegalArgumentException(
                            "task \"" + task + "\" is served by two groups; each task is served by one");
                }
            }
        }
        if (served.isEmpty()) {
            throw new IllegalArgumentException("a grouping without groups; give at least one");
        }
    }

    /**
     * {@return the best grouping, where to be alone counts 0: a task that nobody helps is better off by itself}
     *
     * @param affinity what tasks do to each other
     * @param mostGroups the number of models that may be used at most, b, at least 1
     * @throws IllegalArgumentException if there are more than {@value BestGroups#MOST_TASKS} tasks, or no group allowed
     */
    public static TaskGrouping best(TaskAffinity affinity, int mostGroups) {
        return best(affinity, mostGroups, new double[affinity.tasks().size()]);
    }

    /**
     * {@return the best grouping}
     *
     * <p>Of all choices of at most b sets of tasks, overlaps allowed, it is the one in which the mean affinity onto each task,
     * in the set where that is highest, has the greatest sum over the tasks (C. Fifty and others, "Efficiently Identifying Task
     * Groupings for Multi-Task Learning", NeurIPS 2021, section 4.2). They search by branch and bound; this is dynamic
     * programming over sets of tasks, exact as well, in time {@code O(b 3^K)}. Of equal choices it takes one with the
     * fewest groups, and of these one of small groups.
     *
     * @param affinity what tasks do to each other, {@code [K][K]}
     * @param mostGroups the number of models that may be used at most, b, at least 1
     * @param alone what it is worth to a task to be alone in its group, {@code [K]}, finite; the higher, the sooner a task
     *     stays alone. The authors' published code has -1e6 here: no task is alone if that can be helped. The affinity of a
     *     task onto itself is no good choice: as a rule it is above all others, and each task would stay alone
     * @throws IllegalArgumentException if there are more than {@value BestGroups#MOST_TASKS} tasks, or no group is allowed, or
     *     the numbers are not one for each task
     */
    public static TaskGrouping best(TaskAffinity affinity, int mostGroups, double[] alone) {
        return new BestGroups(affinity, alone).find(mostGroups);
    }

    /**
     * {@return the group that serves a task}
     *
     * @param task the task's name
     * @throws IllegalArgumentException if no group does
     */
    public TaskGroup groupOf(String task) {
        return groups.stream()
                .filter(group -> group.serves().contains(task))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no group serves task \"" + task + "\"; groups: " + groups));
    }

    /** {@return such as {@code 0.0132: digit+parity; noise}} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4g: ", score)
                + String.join("; ", groups.stream().map(TaskGroup::toString).toList());
    }
}
