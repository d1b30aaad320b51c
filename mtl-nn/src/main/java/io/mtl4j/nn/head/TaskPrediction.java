package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import java.util.List;
import java.util.Objects;

/**
 * The answer of one task for one example.
 *
 * @param task the task
 * @param classes the chosen class, the chosen labels (multi-label), the tag of each step (tagging), the tokens in order
 *     (sequence), or the numbers of the items, best first (ranking); empty for regression
 * @param values probabilities or predicted values: one row, or a row for each step of a sequence
 */
public record TaskPrediction(Task task, List<Integer> classes, List<double[]> values) {

    /** Copies the lists. */
    public TaskPrediction {
        Objects.requireNonNull(task, "task");
        classes = List.copyOf(classes);
        values = List.copyOf(values);
    }

    /**
     * {@return the number of the chosen class}
     *
     * @throws IllegalStateException if the task does not choose exactly one class
     */
    public int classIndex() {
        if (classes.size() != 1) {
            throw new IllegalStateException("task \"" + task.name() + "\" of kind " + task.kind() + " chose "
                    + classes.size() + " classes; read classes(), labels() or values() instead");
        }
        return classes.get(0);
    }

    /** {@return the name of the chosen class, or its number in digits if classes have no names} */
    public String label() {
        return nameOf(classIndex());
    }

    /** {@return the names of all chosen classes or tags, in order} */
    public List<String> labels() {
        return classes.stream().map(this::nameOf).toList();
    }

    /** {@return probabilities by class (binary: the probability of yes), a copy} */
    public double[] probabilities() {
        return values.get(0).clone();
    }

    /** {@return the first predicted value: of a regression with one output, its result} */
    public double value() {
        return values.get(0)[0];
    }

    private String nameOf(int index) {
        return task.classNames().isEmpty()
                ? String.valueOf(index)
                : task.classNames().get(index);
    }
}
