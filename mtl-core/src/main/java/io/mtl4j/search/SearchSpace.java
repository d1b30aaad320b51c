package io.mtl4j.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What may be chosen in a search.
 *
 * <pre>{@code
 * SearchSpace space = SearchSpace.builder()
 *         .logUniform("lr", 1e-4, 1e-1)
 *         .integer("units", 32, 256)
 *         .choice("weighting", "equal", "uncertainty", "gradnorm")
 *         .when("weighting", "gradnorm").uniform("alpha", 0, 3)
 *         .build();
 * }</pre>
 *
 * @param parameters the dimensions; a condition refers to a choice before
 */
public record SearchSpace(List<Hyperparameter> parameters) {

    /** Checks names and conditions, and copies the list. */
    public SearchSpace {
        parameters = List.copyOf(parameters);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("a search space without parameters; add one, such as logUniform(...)");
        }
        Map<String, Hyperparameter> before = new LinkedHashMap<>();
        for (Hyperparameter parameter : parameters) {
            parameter.condition().ifPresent(condition -> check(parameter, condition, before));
            if (before.put(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException(
                        "parameter \"" + parameter.name() + "\" is declared twice; names must be unique");
            }
        }
    }

    private static void check(Hyperparameter parameter, Condition condition, Map<String, Hyperparameter> before) {
        if (!(before.get(condition.choice()) instanceof Hyperparameter.Choice choice)) {
            throw new IllegalArgumentException("parameter \"" + parameter.name() + "\" depends on \""
                    + condition.choice() + "\", which is no choice before it; those before are " + before.keySet());
        }
        if (!choice.options().containsAll(condition.options())) {
            throw new IllegalArgumentException("parameter \"" + parameter.name() + "\" depends on options "
                    + condition.options() + " of \"" + choice.name() + "\", which has " + choice.options());
        }
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return a configuration drawn without knowledge}
     *
     * @param random the random numbers
     */
    public Configuration draw(RandomGenerator random) {
        return fill((parameter, soFar) -> parameter.draw(random));
    }

    /** Chooses the value of a parameter. */
    interface Chooser {
        Object choose(Hyperparameter parameter, Configuration soFar);
    }

    /** A configuration whose values are chosen one after the other. */
    Configuration fill(Chooser chooser) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Hyperparameter parameter : parameters) {
            Configuration soFar = new Configuration(values);
            if (parameter.condition().map(c -> c.holds(soFar)).orElse(true)) {
                values.put(parameter.name(), chooser.choose(parameter, soFar));
            }
        }
        return new Configuration(values);
    }

    /** Collects the parameters of a space. */
    public static final class Builder {

        private final List<Hyperparameter> parameters = new ArrayList<>();
        private Optional<Condition> condition = Optional.empty();

        private Builder() {}

        /**
         * Makes the next parameter depend on an earlier choice.
         *
         * @param choice the name of the choice
         * @param options the options with which the next parameter has a value
         * @return this
         * @throws IllegalStateException if no parameter came after the last condition
         */
        public Builder when(String choice, String... options) {
            if (condition.isPresent()) {
                throw new IllegalStateException(
                        "a condition on \"" + choice + "\" after another; a condition is for one parameter after it");
            }
            condition = Optional.of(new Condition(choice, Set.of(options)));
            return this;
        }

        /**
         * Adds a real number.
         *
         * @param name its name
         * @param low the least value
         * @param high the greatest value
         * @return this
         */
        public Builder uniform(String name, double low, double high) {
            return add(new Hyperparameter.Real(name, low, high, false, condition));
        }

        /**
         * Adds a real number on a logarithmic scale.
         *
         * @param name its name
         * @param low the least value, above 0
         * @param high the greatest value
         * @return this
         */
        public Builder logUniform(String name, double low, double high) {
            return add(new Hyperparameter.Real(name, low, high, true, condition));
        }

        /**
         * Adds a whole number.
         *
         * @param name its name
         * @param low the least value
         * @param high the greatest value
         * @return this
         */
        public Builder integer(String name, int low, int high) {
            return add(new Hyperparameter.Whole(name, low, high, false, condition));
        }

        /**
         * Adds a whole number on a logarithmic scale.
         *
         * @param name its name
         * @param low the least value, above 0
         * @param high the greatest value
         * @return this
         */
        public Builder logInteger(String name, int low, int high) {
            return add(new Hyperparameter.Whole(name, low, high, true, condition));
        }

        /**
         * Adds a choice.
         *
         * @param name its name
         * @param options the options, at least two
         * @return this
         */
        public Builder choice(String name, String... options) {
            return add(new Hyperparameter.Choice(name, List.of(options), condition));
        }

        private Builder add(Hyperparameter parameter) {
            parameters.add(parameter);
            condition = Optional.empty();
            return this;
        }

        /**
         * {@return the space}
         *
         * @throws IllegalArgumentException if names or conditions do not fit together
         * @throws IllegalStateException if a condition has no parameter after it
         */
        public SearchSpace build() {
            if (condition.isPresent()) {
                throw new IllegalStateException(
                        "a condition on \"" + condition.get().choice()
                                + "\" without a parameter after it; add the parameter, or leave the condition out");
            }
            return new SearchSpace(parameters);
        }
    }
}
