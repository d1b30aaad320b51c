package io.mtl4j.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Checks of numeric arguments; each returns the value, so that it can be used in an assignment. Not API. */
public final class Require {

    private static final int MOST_COPIES = 1_024;

    private Require() {}

    /**
     * {@return the value, a finite number}
     *
     * @param name the parameter's name, for the message
     * @param value the value given
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw wrong(name, value, "it must be a finite number");
        }
        return value;
    }

    /**
     * {@return the value, finite and above 0}
     *
     * @param name the parameter's name, for the message
     * @param value the value given
     * @throws IllegalArgumentException if it is not
     */
    public static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw wrong(name, value, "it must be finite and above 0");
        }
        return value;
    }

    /**
     * {@return the value, finite and at least 0}
     *
     * @param name the parameter's name, for the message
     * @param value the value given
     * @throws IllegalArgumentException if it is not
     */
    public static double nonNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw wrong(name, value, "it must be finite and at least 0");
        }
        return value;
    }

    /**
     * {@return the value, within bounds}
     *
     * @param name the parameter's name, for the message
     * @param value the value given
     * @param low the least value allowed
     * @param high the greatest value allowed
     * @throws IllegalArgumentException if it is outside, or NaN
     */
    public static double within(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw wrong(name, value, String.format(Locale.ROOT, "it must be from %s to %s", low, high));
        }
        return value;
    }

    /**
     * {@return a number of layers, experts or other copies} Each takes memory before any array is made, so that a number from a
     * damaged file must be bounded.
     *
     * @param name the parameter's name, for the message
     * @param value the value given
     * @param low the least value allowed
     * @throws IllegalArgumentException if it is less, or above 1,024
     */
    public static int copies(String name, int value, int low) {
        if (value > MOST_COPIES) {
            throw new IllegalArgumentException(name + " = " + value + "; it must be at most " + MOST_COPIES);
        }
        return atLeast(name, value, low);
    }

    /**
     * {@return the value, at least as large as a bound}
     *
     * @param name the parameter's name, for the message
     * @param value the value given
     * @param low the least value allowed
     * @throws IllegalArgumentException if it is less
     */
    public static int atLeast(String name, int value, int low) {
        if (value < low) {
            throw new IllegalArgumentException(name + " = " + value + "; it must be at least " + low);
        }
        return value;
    }

    /**
     * {@return the product of sizes, which an array can have elements}
     *
     * @param name what has these sizes, for the message
     * @param sizes none negative
     * @throws IllegalArgumentException if it is more than a Java array can have
     */
    public static int product(String name, long... sizes) {
        double product = Arrays.stream(sizes).asDoubleStream().reduce(1, (a, b) -> a * b);
        if (product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": "
                    + Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" x "))
                    + " is more than "
                    + Integer.MAX_VALUE + "; make it smaller");
        }
        return (int) product;
    }

    private static IllegalArgumentException wrong(String name, double value, String rule) {
        return new IllegalArgumentException(name + " = " + value + "; " + rule);
    }
}
