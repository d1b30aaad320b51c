package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RankingMetricsTest extends TaskMetricsContract {

    private static final double NONE = Double.NaN;

    @Override
    Task task() {
        return new Task("relevance", TaskKind.RANKING, "ranknet", 1);
    }

    @Override
    double[] output(Random random) {
        return new double[] {random.nextInt(4)};
    }

    @Override
    double[] label(Random random) {
        return new double[] {random.nextInt(3)};
    }

    private static double[][] column(double... values) {
        double[][] rows = new double[values.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {values[i]};
        }
        return rows;
    }

    private TaskMetrics of(double[][] scores, double[][] relevance) {
        TaskMetrics metrics = metrics();
        metrics.add(scores, relevance);
        return metrics;
    }

    @Example
    void valuesOfASmallListByHand() {
        // order of relevance by score: 0, 2, 1 (the missing one aside)
        TaskMetrics metrics = of(column(3, 9, 5, 4), column(1, NONE, 0, 2));
        double log3 = Math.log(3) / Math.log(2);
        assertEquals((3 / log3 + 1 / 2.0) / (3 + 1 / log3), metrics.value("ndcg@10"), 1e-15);
        assertEquals(1 / 2.0, metrics.value("mrr"), 1e-15);
        assertEquals(1 / 3.0, metrics.value("pairwise-accuracy"), 1e-15);
        assertEquals("1 lists: ndcg@10 0.6590, mrr 0.5000, pairwise accuracy 0.3333\n", metrics.report());
    }

    @Example
    void onlyTheFirstTenCount() {
        double[] scores = new double[12];
        double[] relevance = new double[12];
        for (int i = 0; i < 12; i++) {
            scores[i] = -i;
        }
        relevance[10] = 1;
        TaskMetrics metrics = of(column(scores), column(relevance));
        assertEquals(0, metrics.value("ndcg@10"));
        assertEquals(1 / 11.0, metrics.value("mrr"), 1e-15);
    }

    @Example
    void equalScoresGainNothing() {
        TaskMetrics metrics = of(column(1, 1, 1), column(2, 0, 0));
        assertEquals(1 / 3.0, metrics.value("mrr"), 1e-15);
        assertEquals(0.5, metrics.value("ndcg@10"), 1e-15);
        assertEquals(0.5, metrics.value("pairwise-accuracy"));
    }

    @Example
    void listsWithNothingToFindAreLeftOut() {
        TaskMetrics metrics = of(column(1, 2), column(0, 0));
        assertEquals(NONE, metrics.value("ndcg@10"));
        metrics.add(column(1, 2), column(1, 1));
        assertEquals(1, metrics.value("ndcg@10"));
        assertEquals(NONE, metrics.value("pairwise-accuracy"));
        metrics.add(column(1, 2), column(1, 2));
        assertEquals(1, metrics.value("pairwise-accuracy"));
    }

    @Property(tries = 50)
    void theBestOrderHasTheHighestValuesThereAre(@ForAll long seed) {
        Random random = new Random(seed);
        double[] relevance = random.doubles(15, 0, 4).map(Math::floor).toArray();
        relevance[3] = 4;
        TaskMetrics metrics = of(column(relevance), column(relevance));
        metrics.values().forEach(value -> assertEquals(1, value.value(), 1e-12, value.name()));
    }

    @Example
    void refusesRelevanceOutOfRangeAndSeveralScores() {
        assertRefused(() -> of(column(1), column(-1)), "relevance -1.0; it must be from 0 to 30.0");
        assertRefused(() -> of(column(1), column(31)), "relevance 31.0");
        assertThrows(
                IllegalArgumentException.class,
                () -> new RankingMetrics(new Task("relevance", TaskKind.RANKING, "ranknet", 2)));
    }
}
