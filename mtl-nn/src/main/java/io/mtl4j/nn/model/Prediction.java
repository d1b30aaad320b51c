package io.mtl4j.nn.model;

import io.mtl4j.nn.head.TaskPrediction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answers of all tasks that read an input, for one example.
 *
 * @param tasks the answers by task
 */
public record Prediction(Map<String, TaskPrediction> tasks) {

    /** Copies the map, in its order. */
    public Prediction {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    }

    /**
     * {@return the answer of a task}
     *
     * @param name the task's name
     * @throws IllegalArgumentException if the task does not read the input that was given
     */
    public TaskPrediction task(String name) {
        TaskPrediction found = tasks.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no answer of task \"" + name + "\"; this input has answers of " + new TreeMap<>(tasks).keySet());
        }
        return found;
    }
}
