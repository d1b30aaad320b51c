package io.mtl4j.nn.sharing;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A tree of the encoder's {@linkplain Encoder#stages stages}: at each stage, tasks with the same branch share a copy of it,
 * and tasks that have parted stay apart. A branch that one task alone reads belongs to that task.
 *
 * <p>{@code new Tree(List.of(List.of(0, 0, 0), List.of(0, 0, 1)))} shares the first stage among three tasks, and the second
 * between the first two.
 *
 * @param branches for each stage, first to last, and each task in the model's order: the number of its branch, from 0; only
 *     which tasks have the same matters
 */
public record Tree(List<List<Integer>> branches) implements Sharing {

    /**
     * Copies the lists and checks them.
     *
     * @throws IllegalArgumentException if there is no stage, stages differ in their number of tasks, or tasks that have
     *     parted meet again
     */
    public Tree {
        branches = branches.stream().map(List::copyOf).toList();
        if (branches.isEmpty()) {
            throw new IllegalArgumentException(
                    "tree: no stages; give the tasks' branches at each stage of the encoder");
        }
        for (int s = 0; s < branches.size(); s++) {
            check(branches, s);
        }
    }

    private static void check(List<List<Integer>> branches, int s) {
        List<Integer> own = branches.get(s);
        List<Integer> below = branches.get(Math.max(0, s - 1));
        if (own.isEmpty() || own.size() != below.size()) {
            throw new IllegalArgumentException("tree: " + own.size() + " tasks at stage " + (s + 1) + " after "
                    + below.size() + "; give a branch for each task at every stage");
        }
        for (int k = 0; k < own.size(); k++) {
            int first = own.indexOf(own.get(k));
            if (!below.get(first).equals(below.get(k))) {
                throw new IllegalArgumentException("tree: tasks " + first + " and " + k + " share branch " + own.get(k)
                        + " of stage " + (s + 1) + ", but not the stage before it; once parted, give them different"
                        + " branches");
            }
        }
    }

    /**
     * {@return the tree that a {@link Branching} found: each task's way along the most probable parents}
     *
     * @param choices what a model with branching chose
     * @param tasks the model's tasks in order
     * @throws IllegalArgumentException if these are no choices of branching, or not of these tasks
     */
    public static Tree of(List<SharingChoice> choices, List<String> tasks) {
        Map<String, String> parents = new HashMap<>();
        choices.forEach(choice -> parents.put(choice.reader(), parent(choice)));
        List<List<Integer>> rows = new ArrayList<>();
        List<String> at = List.copyOf(tasks);
        while (at.stream().anyMatch(parents::containsKey)) {
            at = at.stream().map(parents::get).toList();
            rows.add(0, at.stream().map(Tree::number).toList());
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("tree: no choice of " + tasks + " among " + parents.keySet()
                    + "; give the choices of a model whose way of sharing is branching, and its tasks");
        }
        return new Tree(rows);
    }

    private static String parent(SharingChoice choice) {
        double[] weights = choice.weights().mean(0).toDoubleVector();
        int best = IntStream.range(0, weights.length).reduce(0, (i, j) -> weights[j] > weights[i] ? j : i);
        return choice.sources().get(best);
    }

    /** The name of a branch among the choices of {@link Branching}. */
    static String branch(int stage, int number) {
        return "stage " + (stage + 1) + ", branch " + number;
    }

    private static int number(String branch) {
        int at = branch == null ? -1 : branch.lastIndexOf(", branch ");
        if (at < 0) {
            throw new IllegalArgumentException("tree: \"" + branch
                    + "\" is no branch; give the choices of a model whose way of sharing is branching, and its tasks");
        }
        return Integer.parseInt(branch.substring(at + ", branch ".length()));
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        List<LayerSpec> specs = encoder.stages(input);
        if (specs.size() != branches.size() || tasks.size() != branches.get(0).size()) {
            throw new IllegalStateException("tree: " + branches.size() + " stages of "
                    + branches.get(0).size() + " tasks for the encoder \"" + encoder.kind() + "\", which has "
                    + specs.size() + ", and " + tasks.size() + " tasks; give the branches of the model's tasks at each"
                    + " of its stages");
        }
        Wiring wiring = new Wiring();
        List<Integer> at = Collections.nCopies(tasks.size(), Wiring.INPUT);
        for (int s = 0; s < specs.size(); s++) {
            at = grown(wiring, s, specs.get(s), at);
        }
        return wiring.bind(input, at, binder);
    }

    /** By task, the part that it reads after a stage, of those that it read before it. */
    private List<Integer> grown(Wiring wiring, int stage, LayerSpec spec, List<Integer> from) {
        List<Integer> own = branches.get(stage);
        List<Integer> parts = new ArrayList<>();
        for (int k = 0; k < own.size(); k++) {
            int first = own.indexOf(own.get(k));
            String name = "stage" + (stage + 1) + ".branch" + own.get(k);
            parts.add(first < k ? parts.get(first) : wiring.layer(name, spec, from.get(k)));
        }
        return parts;
    }
}
