package io.mtl4j.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConstrainedDescentTest {

    private static double[][] rows(SplittableRandom random, int rows, int columns) {
        double[][] all = new double[rows][columns];
        for (double[] row : all) {
            Arrays.setAll(row, c -> random.nextDouble(-1, 1));
        }
        return all;
    }

    private static double value(double[][] gradients, double[] constraint, double part, double[] shares, double nu) {
        double square = Matrices.dot(constraint, constraint);
        double value = -nu * part * square;
        for (int c = 0; c < constraint.length; c++) {
            double direction = nu * constraint[c];
            for (int k = 0; k < shares.length; k++) {
                direction += shares[k] * gradients[k][c];
            }
            value += direction * direction / 2;
        }
        return value;
    }

    @Property(tries = 200)
    void noOtherPointIsLower(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int tasks) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] gradients = rows(random, tasks, 4);
        double[] constraint = rows(random, 1, 4)[0];
        double part = random.nextDouble();
        double[][] gramian = Arrays.stream(gradients)
                .map(g -> Arrays.stream(gradients)
                        .mapToDouble(other -> Matrices.dot(g, other))
                        .toArray())
                .toArray(double[][]::new);
        double[] products = Arrays.stream(gradients)
                .mapToDouble(g -> Matrices.dot(g, constraint))
                .toArray();
        ConstrainedDescent problem =
                new ConstrainedDescent(gramian, products, Matrices.dot(constraint, constraint), part);
        double[] shares = problem.shares();
        double best = value(gradients, constraint, part, shares, problem.multiplier(shares));
        for (int i = 0; i < 200; i++) {
            double[] other = SimplexProjection.project(rows(random, 1, tasks)[0]);
            double near = random.nextDouble();
            for (int k = 0; k < tasks; k++) {
                other[k] = near * other[k] + (1 - near) * shares[k];
            }
            double nu = Math.max(0, problem.multiplier(shares) + random.nextDouble(-1, 1) * near);
            assertTrue(value(gradients, constraint, part, other, nu) >= best - 1e-9);
        }
    }

    @Test
    void aGradientOfZeroHasNoShareUnlessAllAreZero() {
        double[][] one = {{0, 0, 0}, {0, 2, 0}, {0, 0, 2}};
        assertArrayEquals(
                new double[] {0, 0.5, 0.5}, new ConstrainedDescent(one, new double[3], 1, 0.1).shares(), 1e-12);
        ConstrainedDescent nothing = new ConstrainedDescent(new double[2][2], new double[2], 0, 0.1);
        assertArrayEquals(new double[] {0.5, 0.5}, nothing.shares());
        assertEquals(0, nothing.multiplier(nothing.shares()));
    }
}
