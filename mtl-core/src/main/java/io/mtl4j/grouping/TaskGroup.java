package io.mtl4j.grouping;

import java.util.List;

/**
 * Tasks that one model learns together.
 *
 * @param tasks all tasks of the model, in order, at least one
 * @param serves those whose answers are taken from this model, at least one; the others are there to help them
 */
public record TaskGroup(List<String> tasks, List<String> serves) {

    /** Checks and copies the names. */
    public TaskGroup {
        tasks = List.copyOf(tasks);
        serves = List.copyOf(serves);
        if (serves.isEmpty() || !tasks.containsAll(serves)) {
            throw new IllegalArgumentException("group " + tasks + " serves " + serves
                    + "; it must serve at least one task, and have all that it serves");
        }
    }

    @Override
    public String toString() {
        return tasks.equals(serves) ? String.join("+", tasks) : String.join("+", tasks) + " for " + serves;
    }
}
