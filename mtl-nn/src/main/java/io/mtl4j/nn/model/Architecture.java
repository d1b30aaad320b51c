package io.mtl4j.nn.model;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.task.TaskSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The plain description of a model, without arrays.
 *
 * @param inputs the inputs, at least one
 * @param encoder the encoder
 * @param sharing how the tasks share it
 * @param heads one head a task, in the order of the tasks
 */
public record Architecture(List<InputSpec> inputs, Encoder encoder, Sharing sharing, List<Head> heads) {

    /** Checks that the parts fit together. */
    public Architecture {
        inputs = List.copyOf(inputs);
        heads = List.copyOf(heads);
        Objects.requireNonNull(sharing, "sharing");
        if (inputs.isEmpty()) {
            throw new IllegalStateException("a model needs an input; add one with input(shape)");
        }
        if (encoder == null) {
            throw new IllegalStateException(
                    "a model needs an encoder; add one with encoder(...), such as Encoders.mlp()");
        }
        Set<String> names = new HashSet<>();
        for (InputSpec input : inputs) {
            if (!names.add(input.name())) {
                throw new IllegalArgumentException(
                        "input \"" + input.name() + "\" is declared twice; input names must be unique");
            }
        }
        for (Head head : heads) {
            checkInput(head, inputs, names);
        }
        new TaskSet(heads.stream().map(Head::task).toList());
    }

    private static void checkInput(Head head, List<InputSpec> inputs, Set<String> names) {
        String task = head.task().name();
        if (head.input().isEmpty() && inputs.size() > 1) {
            throw new IllegalArgumentException("task \"" + task + "\" does not say which of the inputs " + names
                    + " it reads; add .input(\"...\") to it");
        }
        if (head.input().isPresent() && !names.contains(head.input().get())) {
            throw new IllegalArgumentException(
                    "task \"" + task + "\" reads input \"" + head.input().get() + "\", but the inputs are " + names);
        }
    }

    /** {@return the tasks in order} */
    public TaskSet tasks() {
        return new TaskSet(heads.stream().map(Head::task).toList());
    }

    /**
     * {@return the number of the input that a task reads}
     *
     * @param task the task's number
     */
    public int inputOf(int task) {
        return heads.get(task).input().map(this::indexOfInput).orElse(0);
    }

    /**
     * {@return the number of an input}
     *
     * @param name the input's name
     * @throws IllegalArgumentException if there is none of that name
     */
    public int indexOfInput(String name) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no input \"" + name + "\"; the inputs are "
                + inputs.stream().map(InputSpec::name).toList());
    }

    /**
     * {@return which tasks read an input, {@code [K]}}
     *
     * @param input the input's number
     */
    public boolean[] tasksOf(int input) {
        boolean[] reads = new boolean[heads.size()];
        for (int k = 0; k < reads.length; k++) {
            reads[k] = inputOf(k) == input;
        }
        return reads;
    }
}
