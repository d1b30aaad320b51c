package io.mtl4j.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LearningRateTest {

    private static final double EPS = 1e-12;

    @Provide
    Arbitrary<LearningRate> curves() {
        return Arbitraries.of(
                LearningRate.constant(),
                LearningRate.step(0.1, 0.5),
                LearningRate.stepEvery(7, 0.9),
                LearningRate.exponential(0.01),
                LearningRate.cosine(0),
                LearningRate.warmup(10, LearningRate.cosine(0.1)),
                LearningRate.warmup(0, LearningRate.constant()),
                LearningRate.warmupFraction(0.3, LearningRate.exponential(0.5)),
                LearningRate.warmupFraction(1, LearningRate.constant()),
                LearningRate.oneCycle(0.3, 0.04, 1e-4));
    }

    @Property
    void factorsAreFiniteAndWithinZeroAndOne(
            @ForAll("curves") LearningRate curve,
            @ForAll @LongRange(min = 0, max = 3_000_000_000L) long step,
            @ForAll @LongRange(min = 1, max = 3_000_000_000L) long total) {
        double factor = curve.factor(step, total);
        assertTrue(factor >= 0 && factor <= 1 + EPS, () -> curve + " gives " + factor);
    }

    @Property
    void curvesWithoutWarmUpStartAtTheBaseRate(@ForAll @LongRange(min = 1, max = 1000) long total) {
        assertEquals(1, LearningRate.cosine(0.2).factor(0, total), EPS);
        assertEquals(1, LearningRate.exponential(0.2).factor(0, total), EPS);
        assertEquals(1, LearningRate.step(0.2, 0.1).factor(0, total), EPS);
        assertEquals(1, LearningRate.warmup(0, LearningRate.cosine(0.1)).factor(0, total), EPS);
    }

    @Test
    void stepPassesTheEndsOfItsStairsAtWholeSteps() {
        LearningRate stairs = LearningRate.step(0.1, 0.5);
        assertEquals(1, stairs.factor(9, 100), EPS);
        assertEquals(0.5, stairs.factor(10, 100), EPS);
        assertEquals(0.125, stairs.factor(30, 100), EPS);
        assertEquals(Math.pow(0.5, 9), stairs.factor(99, 100), EPS);
        assertEquals(0.81, LearningRate.stepEvery(5, 0.9).factor(14, 1000), EPS);
    }

    @Test
    void cosineAndExponentialReachTheirMiddleAndEnd() {
        assertEquals(0.55, LearningRate.cosine(0.1).factor(50, 100), EPS);
        assertEquals(0.1, LearningRate.cosine(0.1).factor(100, 100), EPS);
        assertEquals(0.1, LearningRate.cosine(0.1).factor(500, 100), EPS, "past the end");
        assertEquals(0.1, LearningRate.exponential(0.01).factor(50, 100), EPS);
    }

    @Test
    void warmUpRisesAndThenLeavesTheRestToTheOtherCurve() {
        LearningRate curve = LearningRate.warmup(4, LearningRate.cosine(0));
        assertEquals(0.2, curve.factor(0, 104), EPS);
        assertEquals(0.8, curve.factor(3, 104), EPS);
        assertEquals(1, curve.factor(4, 104), EPS);
        assertEquals(0.5, curve.factor(54, 104), EPS);
        LearningRate part = LearningRate.warmupFraction(0.04, LearningRate.constant());
        assertEquals(0.2, part.factor(0, 100), EPS);
        assertEquals(1, part.factor(4, 100), EPS);
    }

    @Test
    void oneCycleRisesToTheBaseRateAndFalls() {
        LearningRate cycle = LearningRate.oneCycle(0.25, 0.04, 0.001);
        assertEquals(0.04, cycle.factor(0, 400), EPS);
        assertEquals(0.52, cycle.factor(50, 400), EPS);
        assertEquals(1, cycle.factor(100, 400), EPS);
        assertEquals(0.001, cycle.factor(400, 400), EPS);
    }

    @Test
    void timesScalesEveryFactor() {
        assertEquals(0.05, LearningRate.cosine(0).times(0.1).factor(50, 100), EPS);
    }

    @Test
    void badArgumentsAreRejectedWithTheValueFound() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> LearningRate.exponential(0))
                .getMessage()
                .contains("0.0"));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.cosine(-0.1));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.cosine(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.step(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.step(1.1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.stepEvery(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.warmup(-1, LearningRate.constant()));
        assertThrows(NullPointerException.class, () -> LearningRate.warmup(1, null));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.oneCycle(1, 0.1, 0.1));
        assertThrows(
                IllegalArgumentException.class, () -> LearningRate.constant().factor(-1, 10));
        assertThrows(
                IllegalArgumentException.class, () -> LearningRate.constant().factor(0, 0));
    }
}
