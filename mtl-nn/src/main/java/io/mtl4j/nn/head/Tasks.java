package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Optional;

/**
 * Heads for the usual kinds of tasks. Each comes with its usual loss and metric and a linear network; {@link TaskHead} has
 * methods to change that.
 */
public final class Tasks {

    private Tasks() {}

    /**
     * {@return a head that chooses one of several classes, with cross-entropy}
     *
     * @param name the task's name, unique in its model
     * @param classes number of classes, at least 2
     */
    public static TaskHead classification(String name, int classes) {
        if (classes < 2) {
            throw new IllegalArgumentException("task \"" + name + "\": " + classes
                    + " classes; a choice needs at least 2 (for yes or no, see Tasks.binary)");
        }
        return head(name, classes, new ClassFormat(), Losses.crossEntropy());
    }

    private static TaskHead head(String name, int outputs, AnswerFormat format, LossFunction loss) {
        TaskKind kind = format.kind();
        return new TaskHead(
                new Task(name, kind, loss.name(), outputs), Optional.empty(), format, HeadLayers.LINEAR, loss);
    }
}
