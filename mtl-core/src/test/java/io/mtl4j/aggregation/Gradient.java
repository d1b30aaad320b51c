package io.mtl4j.aggregation;

import io.mtl4j.step.FakeStep;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Gradients for property tests, of all the kinds that methods have trouble with. */
final class Gradient {

    /** What is special about the gradients. */
    enum Kind {
        GENERIC,
        ALL_ZERO,
        ONE_ZERO,
        DEPENDENT,
        IDENTICAL,
        OPPOSITE,
        BADLY_SCALED,
        STATIONARY
    }

    private Gradient() {}

    /** {@return K gradients of D numbers} */
    static double[][] of(Kind kind, long seed, int tasks, int columns) {
        RandomGenerator random = new SplittableRandom(seed);
        double[][] rows = new double[tasks][columns];
        for (double[] row : rows) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        int last = tasks - 1;
        switch (kind) {
            case GENERIC -> {}
            case ALL_ZERO -> Arrays.stream(rows).forEach(row -> Arrays.fill(row, 0));
            case ONE_ZERO -> Arrays.fill(rows[last], 0);
            case DEPENDENT -> Arrays.setAll(rows[last], i -> rows[0][i] + (tasks > 2 ? 0.5 * rows[1][i] : 0));
            case IDENTICAL -> Arrays.stream(rows).forEach(row -> System.arraycopy(rows[0], 0, row, 0, columns));
            case OPPOSITE -> Arrays.setAll(rows[last], i -> -rows[0][i]);
            case BADLY_SCALED -> Arrays.setAll(rows[last], i -> 1e-4 * rows[last][i]);
            case STATIONARY -> stationary(rows);
            default -> throw new IllegalStateException(kind.toString());
        }
        return rows;
    }

    /** Makes the last gradient minus a positive combination of the others. */
    static void stationary(double[][] rows) {
        int last = rows.length - 1;
        Arrays.fill(rows[last], 0);
        for (int k = 0; k < last; k++) {
            for (int i = 0; i < rows[k].length; i++) {
                rows[last][i] -= (0.3 + 0.2 * k) * rows[k][i];
            }
        }
    }

    /** {@return a step with three draws of gradients, the second and third being noisy copies} */
    static FakeStep step(double[][] rows, long seed, double... losses) {
        double largest = largest(rows);
        double[][] representation = of(Kind.GENERIC, seed + 9, 1, rows[0].length);
        return new FakeStep(losses)
                .gradients(rows, noisy(rows, 0.1 * largest, seed + 1), noisy(rows, 0.1 * largest, seed + 2))
                .representation(representation)
                .random(new SplittableRandom(seed));
    }

    private static double[][] noisy(double[][] rows, double size, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[][] noise = new double[rows.length][rows[0].length];
        for (int i = 0; i < rows[0].length; i++) {
            double shared = random.nextGaussian();
            for (int k = 0; k < rows.length; k++) {
                noise[k][i] = rows[k][i] + size * shared;
            }
        }
        return noise;
    }

    static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    static double[][] times(double factor, double[][] rows) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(x -> factor * x).toArray())
                .toArray(double[][]::new);
    }

    static double largest(double[][] rows) {
        return Arrays.stream(rows).mapToDouble(Gradient::largest).max().orElse(0);
    }

    static double largest(double[] row) {
        return Arrays.stream(row).map(Math::abs).max().orElse(0);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** {@return the direction as a vector} */
    static double[] direction(Aggregator aggregator, TrainingStep step) {
        UpdateDirection found = aggregator.aggregate(step);
        return found instanceof UpdateDirection.Vector vector
                ? vector.direction()
                : step.jacobian().combine(((UpdateDirection.Weights) found).weights());
    }
}
