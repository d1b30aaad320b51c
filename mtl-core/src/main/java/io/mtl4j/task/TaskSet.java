package io.mtl4j.task;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tasks of a model, in order, with unique names. A task's number in every weight vector and Gramian is its place
 * here.
 *
 * @param tasks the tasks in order
 */
public record TaskSet(List<Task> tasks) implements Iterable<Task> {

    /** Checks that there is a task and that names are unique. */
    public TaskSet {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("a model needs at least one task; add one with task(...)");
        }
        Set<String> seen = new HashSet<>();
        for (Task task : tasks) {
            if (!seen.add(task.name())) {
                throw new IllegalArgumentException(
                        "task \"" + task.name() + "\" is declared twice; task names must be unique");
            }
        }
    }

    /** {@return the number of tasks K} */
    public int size() {
        return tasks.size();
    }

    /**
     * {@return a task by its number}
     *
     * @param index the number, from 0
     */
    public Task get(int index) {
        return tasks.get(index);
    }

    /** {@return the names in order} */
    public List<String> names() {
        return tasks.stream().map(Task::name).collect(Collectors.toUnmodifiableList());
    }

    /**
     * {@return a task's number}
     *
     * @param name the task's name
     * @throws IllegalArgumentException if there is no such task
     */
    public int indexOf(String name) {
        int index = names().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no task \"" + name + "\"; the tasks are " + names());
        }
        return index;
    }

    @Override
    public Iterator<Task> iterator() {
        return tasks.iterator();
    }
}
