package io.mtl4j.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A data set divided in two: every example is in exactly one part. Both parts are in ascending order.
 *
 * @param train indices of the examples to learn from
 * @param test indices of the examples held out
 */
public record Split(int[] train, int[] test) {

    /** Copies the indices. */
    public Split {
        train = Objects.requireNonNull(train, "train").clone();
        test = Objects.requireNonNull(test, "test").clone();
    }

    /** Makes a split from the part to which each example belongs. */
    static Split of(int[] folds, int testFold) {
        return new Split(
                IntStream.range(0, folds.length)
                        .filter(i -> folds[i] != testFold)
                        .toArray(),
                IntStream.range(0, folds.length)
                        .filter(i -> folds[i] == testFold)
                        .toArray());
    }

    /** {@return a copy of the indices of the examples to learn from} */
    @Override
    public int[] train() {
        return train.clone();
    }

    /** {@return a copy of the indices of the examples held out} */
    @Override
    public int[] test() {
        return test.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Split split && Arrays.equals(train, split.train) && Arrays.equals(test, split.test);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(train) + Arrays.hashCode(test);
    }

    @Override
    public String toString() {
        return "Split[" + train.length + " train, " + test.length + " test]";
    }
}
