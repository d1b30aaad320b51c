package io.mtl4j.schedule;

import io.mtl4j.internal.Require;
import io.mtl4j.task.TaskSet;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What trains in one step. Whatever does not train keeps its values exactly, and the optimiser's memory of it stays as it
 * is.
 *
 * @param tasks what multiplies each task's loss, {@code [K]}, at least 0; with 0 a task takes no part in the step, as if the
 *     batch had no labels for it, and its own parameters keep their values
 * @param encoder the layers of the encoder that train
 * @param heads whether the heads of the tasks that take part train
 */
public record StepPlan(List<Double> tasks, Layers encoder, boolean heads) {

    /** Copies the list and checks that something trains. */
    public StepPlan {
        tasks = List.copyOf(tasks);
        tasks.forEach(factor -> Require.nonNegative("factor of a task", factor));
        Objects.requireNonNull(encoder, "encoder");
        if (!heads && encoder.isEmpty()) {
            throw new IllegalArgumentException(
                    "a step in which neither heads nor encoder train; let at least one of them train");
        }
    }

    /**
     * {@return a plan in which all layers and heads train}
     *
     * @param tasks what multiplies each task's loss, {@code [K]}
     */
    public static StepPlan of(List<Double> tasks) {
        return new StepPlan(tasks, Layers.ALL, true);
    }

    /**
     * {@return a plan in which everything trains}
     *
     * @param tasks the model's tasks
     */
    public static StepPlan everything(TaskSet tasks) {
        return of(Collections.nCopies(tasks.size(), 1.0));
    }

    /**
     * {@return a plan for some of the tasks}
     *
     * @param tasks the model's tasks
     * @param chosen numbers of those that take part
     */
    public static StepPlan only(TaskSet tasks, int... chosen) {
        return of(IntStream.range(0, tasks.size())
                .mapToObj(k -> IntStream.of(chosen).anyMatch(c -> c == k) ? 1.0 : 0.0)
                .toList());
    }

    /**
     * {@return this plan with other layers of the encoder}
     *
     * @param layers those that train
     */
    public StepPlan withEncoder(Layers layers) {
        return new StepPlan(tasks, layers, heads);
    }

    /** {@return this plan with heads that keep their values} */
    public StepPlan withoutHeads() {
        return new StepPlan(tasks, encoder, false);
    }

    /**
     * {@return whether a task takes part}
     *
     * @param task the task's number
     */
    public boolean takesPart(int task) {
        return tasks.get(task) > 0;
    }

    /**
     * Layers of an encoder that have parameters, counted from the input.
     *
     * @param from the first, from 0
     * @param to the first that does not belong to them
     */
    public record Layers(int from, int to) {

        /** All layers. */
        public static final Layers ALL = new Layers(0, Integer.MAX_VALUE);

        /** No layer. */
        public static final Layers NONE = new Layers(0, 0);

        /** Checks the values. */
        public Layers {
            Require.atLeast("first layer", from, 0);
            Require.atLeast("layer after the last", to, from);
        }

        /** {@return whether there is none} */
        public boolean isEmpty() {
            return from == to;
        }

        /**
         * {@return whether a layer is among them}
         *
         * @param layer its number, from 0
         */
        public boolean contains(int layer) {
            return layer >= from && layer < to;
        }
    }
}
