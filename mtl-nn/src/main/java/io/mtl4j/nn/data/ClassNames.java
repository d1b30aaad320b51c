package io.mtl4j.nn.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Names of the classes, or tags, of a task, in the order of their numbers. Made from the training part, and kept with the
 * model.
 */
public final class ClassNames {

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * Sets the names.
     *
     * @param names names in the order of their numbers, from 0
     * @throws IllegalArgumentException if there is none, or one twice
     */
    public ClassNames(List<String> names) {
        this.names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no class names; give at least one");
        }
        for (int i = 0; i < names.size(); i++) {
            if (numbers.put(names.get(i), i) != null) {
                throw new IllegalArgumentException(
                        "class \"" + names.get(i) + "\" is there twice; give each name once");
            }
        }
    }

    /**
     * {@return the different names in some labels, sorted by their characters}
     *
     * @param labels labels, each any number of times
     * @throws IllegalArgumentException if there is none
     */
    public static ClassNames of(Collection<String> labels) {
        return new ClassNames(List.copyOf(new TreeSet<>(labels)));
    }

    /** {@return the names} */
    public List<String> names() {
        return names;
    }

    /** {@return the number of classes} */
    public int size() {
        return names.size();
    }

    /**
     * {@return the number of a class}
     *
     * @param name its name
     * @throws IllegalArgumentException if there is no such class
     */
    public int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("class \"" + name + "\" is unknown; known are " + names
                    + ": leave such examples out, or make the names from all labels");
        }
        return number;
    }

    /**
     * {@return whether there is a class of this name}
     *
     * @param name the name
     */
    public boolean contains(String name) {
        return numbers.containsKey(name);
    }

    /**
     * {@return labels of examples, each of one class}
     *
     * @param labels the name of each example's class
     * @throws IllegalArgumentException if a class is unknown
     */
    public Labels labels(List<String> labels) {
        return Labels.classes(numbers(labels));
    }

    /**
     * {@return labels of sequences with a tag for each step}
     *
     * @param tags the names of each sequence's tags
     * @throws IllegalArgumentException if a tag is unknown
     */
    public Labels tags(List<List<String>> tags) {
        return Labels.tags(tags.stream().map(this::numbers).toArray(int[][]::new));
    }

    private int[] numbers(List<String> labels) {
        return labels.stream().mapToInt(this::number).toArray();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
