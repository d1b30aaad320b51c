package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RankedScoresTest {

    private static RankedScores of(double[] positives, double[] negatives) {
        RankedScores scores = new RankedScores();
        for (double s : positives) {
            scores.add(s, true);
        }
        for (double s : negatives) {
            scores.add(s, false);
        }
        return scores;
    }

    private static double pairwise(double[] positives, double[] negatives) {
        double won = 0;
        for (double p : positives) {
            for (double n : negatives) {
                won += p > n ? 1 : p == n ? 0.5 : 0;
            }
        }
        return won / ((double) positives.length * negatives.length);
    }

    private static double[] few(Random random, int size, int levels) {
        return random.ints(size, -levels, levels).mapToDouble(v -> v / 4.0).toArray();
    }

    @Property(tries = 300)
    void aucIsTheShareOfPairsInOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int positives,
            @ForAll @IntRange(min = 1, max = 40) int negatives,
            @ForAll @IntRange(min = 1, max = 100) int levels) {
        Random random = new Random(seed);
        double[] pos = few(random, positives, levels);
        double[] neg = few(random, negatives, levels);
        assertEquals(pairwise(pos, neg), of(pos, neg).auc(), 1e-12);
        assertEquals(1 - pairwise(pos, neg), of(neg, pos).auc(), 1e-12);
    }

    @Property(tries = 100)
    void onlyTheOrderOfTheScoresMatters(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -5, max = 5) Double> scores, @ForAll long seed) {
        Random random = new Random(seed);
        RankedScores plain = new RankedScores();
        RankedScores squashed = new RankedScores();
        for (double s : scores) {
            boolean positive = random.nextBoolean();
            plain.add(s, positive);
            squashed.add(3 * s + 7, positive);
        }
        assertEquals(plain.auc(), squashed.auc(), 1e-12);
        assertEquals(plain.averagePrecision(), squashed.averagePrecision(), 1e-12);
    }

    @Property(tries = 200)
    void averagePrecisionIsTheSumOverThresholds(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int positives,
            @ForAll @IntRange(max = 30) int negatives) {
        Random random = new Random(seed);
        double[] pos = few(random, positives, 6);
        double[] neg = few(random, negatives, 6);
        double expected = 0;
        double before = 0;
        for (double t = 2; t >= -2; t -= 0.25) {
            double tp = atLeast(pos, t);
            double fp = atLeast(neg, t);
            double recall = tp / pos.length;
            expected += tp == 0 ? 0 : (recall - before) * tp / (tp + fp);
            before = recall;
        }
        assertEquals(expected, of(pos, neg).averagePrecision(), 1e-12);
    }

    private static double atLeast(double[] scores, double threshold) {
        double count = 0;
        for (double s : scores) {
            count += s >= threshold ? 1 : 0;
        }
        return count;
    }

    @Example
    void agreesWithHandWorkedExamples() {
        // from the top: 0.8 +, 0.4 -, 0.35 +, 0.1 -
        RankedScores scores = of(new double[] {0.35, 0.8}, new double[] {0.1, 0.4});
        assertEquals(0.75, scores.auc());
        assertEquals(0.5 * 1 + 0.5 * 2 / 3, scores.averagePrecision(), 1e-15);
        assertEquals(0.5, of(new double[] {1, 1}, new double[] {1}).auc());
        assertEquals(0.5, of(new double[] {-0.0}, new double[] {0.0}).auc());
    }

    @Example
    void isNotDefinedForOneClass() {
        assertEquals(Double.NaN, of(new double[] {1}, new double[] {}).auc());
        assertEquals(Double.NaN, of(new double[] {}, new double[] {1}).auc());
        assertEquals(1, of(new double[] {1}, new double[] {}).averagePrecision());
        assertEquals(Double.NaN, of(new double[] {}, new double[] {1}).averagePrecision());
    }

    @Example
    void manyExamplesDoNotOverflowTheCountOfPairs() {
        RankedScores scores = new RankedScores();
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            scores.add(random.nextGaussian() + (i % 2), i % 2 == 1);
        }
        // two unit Gaussians one apart: Phi(1 / sqrt 2)
        assertEquals(0.76025, scores.auc(), 0.005);
    }

    @Example
    void nanIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RankedScores().add(Double.NaN, true));
    }
}
