package io.mtl4j.metric;

import java.util.Arrays;

/** A growing array of numbers. */
final class DoubleList {
    private double[] values = new double[64];
    private int size;

    /** Adds a number; a negative zero becomes zero, so that sorting and comparing agree. */
    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.addExact(size, size));
        }
        values[size++] = value + 0.0;
    }

    int size() {
        return size;
    }

    double get(int index) {
        return values[index];
    }

    /** {@return a sorted copy} */
    double[] sorted() {
        double[] copy = Arrays.copyOf(values, size);
        Arrays.sort(copy);
        return copy;
    }
}
