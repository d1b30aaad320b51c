package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;

/** Checks that a loss and a task fit together. */
final class Fit {

    private Fit() {}

    /** Checks the task's kind; a task of the kind {@code CUSTOM} takes every loss. */
    static void kinds(Task task, LossFunction loss, TaskKind... kinds) {
        List<TaskKind> allowed = List.of(kinds);
        if (task.kind() != TaskKind.CUSTOM && !allowed.contains(task.kind())) {
            throw new IllegalArgumentException("task \"" + task.name() + "\" of kind " + task.kind() + ": loss "
                    + loss.name() + " is for tasks of kind " + allowed + "; choose another of Losses");
        }
    }

    /** Checks the number of weights; none is right for every task. */
    static void weights(Task task, List<Double> weights) {
        if (!weights.isEmpty() && weights.size() != task.outputs()) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": " + weights.size() + " weights for "
                    + task.outputs() + " outputs; give one weight for each output");
        }
    }
}
