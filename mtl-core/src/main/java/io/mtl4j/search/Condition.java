package io.mtl4j.search;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a parameter has a value at all: only where an earlier choice fell on one of some options.
 *
 * @param choice the name of the earlier choice
 * @param options the options, at least one
 */
public record Condition(String choice, Set<String> options) {

    /** Checks and copies the options. */
    public Condition {
        Objects.requireNonNull(choice, "choice");
        options = Collections.unmodifiableSortedSet(new TreeSet<>(options)); // sorted, for what is written down
        if (options.isEmpty()) {
            throw new IllegalArgumentException(
                    "condition on \"" + choice + "\" without options; give at least one of its options");
        }
    }

    /** Whether it holds. */
    boolean holds(Configuration configuration) {
        return configuration.has(choice) && options.contains(configuration.choice(choice));
    }
}
