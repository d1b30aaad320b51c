package io.mtl4j.search;

import io.mtl4j.internal.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A dimension of a {@link SearchSpace}. */
public sealed interface Hyperparameter {

    /** {@return the name, unique in its space} */
    String name();

    /** {@return when it has a value at all; always if empty} */
    Optional<Condition> condition();

    /**
     * {@return a value drawn without knowledge: uniform, on the parameter's scale}
     *
     * @param random the random numbers
     */
    Object draw(RandomGenerator random);

    /** A number; its scale is the real line from {@link #scaleLow} to {@link #scaleHigh}, logarithmic or not. */
    sealed interface Numeric extends Hyperparameter {

        /** {@return whether the scale is logarithmic} */
        boolean log();

        /** {@return where the scale begins} */
        double scaleLow();

        /** {@return where the scale ends} */
        double scaleHigh();

        /**
         * {@return the value at a place of the scale}
         *
         * @param place from {@link #scaleLow} to {@link #scaleHigh}
         */
        Object value(double place);

        /**
         * {@return the place of a value on the scale}
         *
         * @param value such as {@link #value} gives
         */
        default double place(Object value) {
            double number = ((Number) value).doubleValue();
            return log() ? Math.log(number) : number;
        }

        @Override
        default Object draw(RandomGenerator random) {
            return value(random.nextDouble(scaleLow(), scaleHigh()));
        }
    }

    /**
     * A real number.
     *
     * @param name its name
     * @param low the least value, finite; above 0 if the scale is logarithmic
     * @param high the greatest value, finite, above {@code low}
     * @param log whether the scale is logarithmic, as is right for learning rates
     * @param condition when it has a value
     */
    record Real(String name, double low, double high, boolean log, Optional<Condition> condition) implements Numeric {

        /** Checks the bounds. */
        public Real {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(condition, "condition");
            Require.finite("parameter \"" + name + "\": low", low);
            Require.finite("parameter \"" + name + "\": high", high);
            requireRange(name, low, high, log);
        }

        @Override
        public double scaleLow() {
            return log ? Math.log(low) : low;
        }

        @Override
        public double scaleHigh() {
            return log ? Math.log(high) : high;
        }

        @Override
        public Object value(double place) {
            double value = log ? Math.exp(place) : place;
            return Math.max(low, Math.min(high, value));
        }
    }

    /**
     * A whole number.
     *
     * @param name its name
     * @param low the least value; at least 1 if the scale is logarithmic
     * @param high the greatest value, above {@code low}
     * @param log whether the scale is logarithmic
     * @param condition when it has a value
     */
    record Whole(String name, int low, int high, boolean log, Optional<Condition> condition) implements Numeric {

        private static final double HALF = 0.5;

        /** Checks the bounds. */
        public Whole {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(condition, "condition");
            requireRange(name, low, high, log);
        }

        @Override
        public double scaleLow() {
            return log ? Math.log(low - HALF) : low - HALF;
        }

        @Override
        public double scaleHigh() {
            return log ? Math.log(high + HALF) : high + HALF;
        }

        @Override
        public Object value(double place) {
            long value = Math.round(log ? Math.exp(place) : place);
            return (int) Math.max(low, Math.min(high, value));
        }
    }

    /**
     * One of several options.
     *
     * @param name its name
     * @param options the options, at least two, all different
     * @param condition when it has a value
     */
    record Choice(String name, List<String> options, Optional<Condition> condition) implements Hyperparameter {

        /** Checks and copies the options. */
        public Choice {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(condition, "condition");
            options = List.copyOf(options);
            if (options.size() < 2 || new HashSet<>(options).size() != options.size()) {
                throw new IllegalArgumentException(
                        "parameter \"" + name + "\": options " + options + "; give at least two, all different");
            }
        }

        @Override
        public Object draw(RandomGenerator random) {
            return options.get(random.nextInt(options.size()));
        }
    }

    private static void requireRange(String name, double low, double high, boolean log) {
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "parameter \"" + name + "\": from " + low + " to " + high + "; the first must be below the second");
        }
        if (log && !(low > 0)) {
            throw new IllegalArgumentException(
                    "parameter \"" + name + "\": from " + low + " on a logarithmic scale; it must begin above 0");
        }
    }
}
