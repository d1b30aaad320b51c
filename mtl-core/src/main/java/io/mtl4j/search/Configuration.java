package io.mtl4j.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value for each parameter of a {@link SearchSpace}, except those whose condition does not hold.
 *
 * @param values by name, in the order of the space: {@link Double}, {@link Integer} or {@link String}
 */
public record Configuration(Map<String, Object> values) {

    /** Checks the types and copies the map. */
    public Configuration {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach((name, value) -> {
            if (!(value instanceof Double || value instanceof Integer || value instanceof String)) {
                throw new IllegalArgumentException(
                        "parameter \"" + name + "\": value " + value + "; it must be a Double, an Integer or a String");
            }
        });
    }

    /**
     * {@return whether a parameter has a value}
     *
     * @param name the parameter's name
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * {@return the value of a real parameter}
     *
     * @param name the parameter's name
     * @throws IllegalArgumentException if it has none, or is no real number
     */
    public double real(String name) {
        return of(name, Double.class);
    }

    /**
     * {@return the value of a whole parameter}
     *
     * @param name the parameter's name
     * @throws IllegalArgumentException if it has none, or is no whole number
     */
    public int integer(String name) {
        return of(name, Integer.class);
    }

    /**
     * {@return the option on which a choice fell}
     *
     * @param name the parameter's name
     * @throws IllegalArgumentException if it has no value, or is no choice
     */
    public String choice(String name) {
        return of(name, String.class);
    }

    private <T> T of(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("parameter \"" + name + "\" has "
                    + (value == null ? "no value" : "the value " + value) + ", asked for as " + type.getSimpleName()
                    + "; the configuration is " + this);
        }
        return type.cast(value);
    }

    /** {@return such as {@code lr=0.00213, units=64, weighting=equal}} */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(e -> e.getKey() + "="
                        + (e.getValue() instanceof Double d ? String.format(Locale.ROOT, "%.4g", d) : e.getValue()))
                .collect(Collectors.joining(", "));
    }
}
