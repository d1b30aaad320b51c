package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {

    private static final int DRAWS = 40_000;

    @ParameterizedTest
    @CsvSource({
        "ZEROS, 0, 0, 0",
        "ONES, 1, 0, 1",
        "GLOROT_UNIFORM, 0, 0.02, 0.2449489743",
        "GLOROT_NORMAL, 0, 0.02, 10",
        "HE_UNIFORM, 0, 0.05, 0.3872983347",
        "HE_NORMAL, 0, 0.05, 10",
        "FAN_IN_UNIFORM, 0, 0.0083333333, 0.1581138831",
        "NORMAL_002, 0, 0.0004, 10",
        "STANDARD_NORMAL, 0, 1, 10",
    })
    void hasTheMeanTheVarianceAndTheBoundOfItsFormula(
            Initializer initializer, double mean, double variance, double bound) {
        RandomGenerator random = new Seed(5).generator();
        double sum = 0;
        double squares = 0;
        double greatest = 0;
        for (int i = 0; i < DRAWS; i++) {
            double value = initializer.draw(random, 40, 60);
            sum += value;
            squares += (value - mean) * (value - mean);
            greatest = Math.max(greatest, Math.abs(value));
        }
        assertEquals(mean, sum / DRAWS, 5 * Math.sqrt(variance / DRAWS) + 1e-12);
        assertEquals(variance, squares / DRAWS, 0.05 * variance);
        assertTrue(greatest <= bound + 1e-9, greatest + " > " + bound);
    }
}
