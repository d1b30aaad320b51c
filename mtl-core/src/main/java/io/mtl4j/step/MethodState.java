package io.mtl4j.step;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a method remembers between steps: named arrays of numbers, immutable.
 *
 * @param method the name of the method
 * @param values the arrays by name, in the order of their names
 */
public record MethodState(String method, SortedMap<String, double[]> values) {

    /** Copies everything. */
    public MethodState {
        Objects.requireNonNull(method, "method");
        values = copy(values);
    }

    /**
     * {@return a state that remembers nothing}
     *
     * @param method the name of the method
     */
    public static MethodState empty(String method) {
        return new MethodState(method, new TreeMap<>());
    }

    /**
     * {@return this state with one more array}
     *
     * @param name the array's name
     * @param array its numbers
     */
    public MethodState with(String name, double... array) {
        TreeMap<String, double[]> more = new TreeMap<>(values);
        more.put(name, array);
        return new MethodState(method, more);
    }

    /**
     * {@return a copy of an array}
     *
     * @param name the array's name
     * @throws IllegalArgumentException if there is none of that name
     */
    public double[] array(String name) {
        double[] found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("state of method \"" + method + "\": no array \"" + name + "\" among "
                    + values.keySet() + "; the state must come from the same version of the method");
        }
        return found.clone();
    }

    /**
     * {@return whether there is an array of that name}
     *
     * @param name the array's name
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * {@return an array of one number}
     *
     * @param name the array's name
     * @throws IllegalArgumentException if there is none of that name, or it has not exactly one number
     */
    public double number(String name) {
        double[] found = array(name);
        if (found.length != 1) {
            throw new IllegalArgumentException("state of method \"" + method + "\": array \"" + name + "\" has "
                    + found.length + " numbers; one was expected");
        }
        return found[0];
    }

    /** {@return a copy of the arrays by name} */
    @Override
    public SortedMap<String, double[]> values() {
        return copy(values);
    }

    /**
     * Checks whose state this is.
     *
     * @param expected the name of the method that wants to restore it
     * @throws IllegalArgumentException if it is another method's
     */
    public void requireMethod(String expected) {
        if (!method.equals(expected)) {
            throw new IllegalArgumentException("state of method \"" + method + "\" cannot be restored into \""
                    + expected + "\"; configure the same method as when the state was saved");
        }
    }

    private static SortedMap<String, double[]> copy(Map<String, double[]> source) {
        TreeMap<String, double[]> copy = new TreeMap<>();
        source.forEach((name, array) -> copy.put(name, array.clone()));
        return Collections.unmodifiableSortedMap(copy);
    }
}
