package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RegressionErrorsTest {

    private static RegressionErrors of(double[] predicted, double[] truth) {
        RegressionErrors errors = new RegressionErrors(true);
        for (int i = 0; i < truth.length; i++) {
            errors.add(predicted[i], truth[i]);
        }
        return errors;
    }

    private static double[] gaussians(Random random, int size) {
        return random.doubles(size).map(v -> random.nextGaussian()).toArray();
    }

    @Example
    void agreesWithSciPyOnValuesWithTies() {
        // scipy 1.17 pearsonr and spearmanr
        RegressionErrors errors = of(new double[] {1, 2, 2, 3, 5, 5, 5, 8}, new double[] {2, 1, 4, 4, 3, 9, 7, 9});
        assertEquals(0.8029764051571069, errors.pearson(), 1e-14);
        assertEquals(0.7641078192857804, errors.spearman(), 1e-14);
        assertEquals(4.0, errors.mse(), 1e-14);
        assertEquals(2.0, errors.rmse(), 1e-14);
        assertEquals(1.75, errors.mae(), 1e-14);
        assertEquals(0.5214953271028038, errors.r2(), 1e-14);
    }

    @Property(tries = 200)
    void pearsonOfALinearFunctionIsPlusOrMinusOne(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 50) int size,
            @ForAll @DoubleRange(min = -100, max = 100) double slope,
            @ForAll @DoubleRange(min = -1000, max = 1000) double offset) {
        Assume.that(Math.abs(slope) > 1e-3);
        double[] x = gaussians(new Random(seed), size);
        double[] y = Arrays.stream(x).map(v -> slope * v + offset).toArray();
        assertEquals(Math.signum(slope), of(x, y).pearson(), 1e-6);
        assertTrue(Math.abs(of(x, y).pearson()) <= 1);
    }

    @Property(tries = 200)
    void spearmanIsPearsonOfTheRanks(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int size) {
        Random random = new Random(seed);
        double[] x = random.ints(size, -3, 3).asDoubleStream().toArray();
        double[] y = random.ints(size, -3, 3).asDoubleStream().toArray();
        assertEquals(of(ranks(x), ranks(y)).pearson(), of(x, y).spearman(), 1e-12);
    }

    /** Ranks by counting: smaller ones, and half of the equal ones. */
    private static double[] ranks(double[] values) {
        return Arrays.stream(values)
                .map(v -> Arrays.stream(values)
                        .map(w -> w < v ? 1 : w == v ? 0.5 : 0)
                        .sum())
                .toArray();
    }

    @Property(tries = 100)
    void spearmanSeesOnlyTheOrder(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int size) {
        double[] x = gaussians(new Random(seed), size);
        double[] y = gaussians(new Random(~seed), size);
        double[] bent = Arrays.stream(x).map(Math::exp).toArray();
        assertEquals(of(x, y).spearman(), of(bent, y).spearman(), 1e-12);
        assertEquals(1, of(x, bent).spearman(), 1e-12);
    }

    @Property(tries = 100)
    void agreesWithTwoPassFormulas(@ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int size) {
        double[] x = gaussians(new Random(seed), size);
        double[] y = gaussians(new Random(~seed), size);
        double mean = Arrays.stream(y).average().orElseThrow();
        double squares = 0;
        double absolute = 0;
        double spread = 0;
        for (int i = 0; i < size; i++) {
            squares += (x[i] - y[i]) * (x[i] - y[i]);
            absolute += Math.abs(x[i] - y[i]);
            spread += (y[i] - mean) * (y[i] - mean);
        }
        assertEquals(squares / size, of(x, y).mse(), 1e-12);
        assertEquals(absolute / size, of(x, y).mae(), 1e-12);
        assertEquals(1 - squares / spread, of(x, y).r2(), 1e-9 * (1 + squares / spread));
    }

    @Example
    void valuesFarFromZeroLoseNoDigits() {
        double[] x = {1e9 + 1, 1e9 + 2, 1e9 + 4};
        double[] y = {1e9 + 1, 1e9 + 3, 1e9 + 4};
        double[] nearX = {1, 2, 4};
        double[] nearY = {1, 3, 4};
        assertEquals(of(nearX, nearY).pearson(), of(x, y).pearson(), 1e-15);
        assertEquals(of(nearX, nearY).r2(), of(x, y).r2(), 1e-15);
    }

    @Example
    void correlationAndDeterminationNeedValuesThatVary() {
        RegressionErrors sameTruth = of(new double[] {1, 2, 3}, new double[] {0.1, 0.1, 0.1});
        assertEquals(Double.NaN, sameTruth.r2());
        assertEquals(Double.NaN, sameTruth.pearson());
        assertEquals(Double.NaN, sameTruth.spearman());
        RegressionErrors samePrediction = of(new double[] {2, 2, 2}, new double[] {1, 2, 3});
        assertEquals(0, samePrediction.r2(), 1e-15);
        assertEquals(Double.NaN, samePrediction.pearson());
        assertEquals(Double.NaN, of(new double[] {1}, new double[] {1}).r2());
    }

    @Example
    void valuesThatAreNotFiniteAreRefused() {
        RegressionErrors errors = new RegressionErrors(false);
        assertThrows(IllegalArgumentException.class, () -> errors.add(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> errors.add(1, Double.POSITIVE_INFINITY));
        assertEquals(0, errors.count());
    }
}
