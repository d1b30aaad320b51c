package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.metric.Dcg;
import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.GradientCheck;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RankingLossesTest {

    private static final double NONE = Double.NaN;

    private static double softplus(double x) {
        return Math.log(1 + Math.exp(x));
    }

    @Example
    void rankNetIsTheMeanOverListsOfTheMeanOverPairs() {
        INDArray scores = Nd4j.createFromArray(new double[][] {{1, 3, 2.5}, {0, 7, 1}, {4, 4, 4}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{2, 0, 1}, {0, NONE, 1}, {1, 1, 1}});
        Result result = Losses.rankNet().evaluate(scores, labels, LabelMask.complete(labels, null, null, 3, 3));
        double first = (softplus(2) + softplus(1.5) + softplus(0.5)) / 3;
        double second = softplus(-1);
        assertEquals((first + second) / 2, result.value(), 1e-10);
        assertEquals(2, result.count(), "the third list has no pair");
    }

    @Property(tries = 50)
    void lambdaRankWeighsAPairByTheChangeOfNdcgWhenItsItemsChangePlaces(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int items) {
        RandomGenerator random = GradientCheck.random(seed);
        INDArray scores = GradientCheck.array(random, 1, 1, items);
        double[] relevance = new double[items];
        for (int i = 0; i < items; i++) {
            relevance[i] = random.nextInt(3);
        }
        relevance[0] = 3;
        double expected = 0;
        for (int i = 0; i < items; i++) {
            for (int j = 0; j < items; j++) {
                if (relevance[i] > relevance[j]) {
                    double[] exchanged = scores.toDoubleVector();
                    exchanged[i] = scores.getDouble(j);
                    exchanged[j] = scores.getDouble(i);
                    double change = ndcg(exchanged, relevance) - ndcg(scores.toDoubleVector(), relevance);
                    expected += Math.abs(change) * softplus(scores.getDouble(j) - scores.getDouble(i));
                }
            }
        }
        INDArray labels = Nd4j.createFromArray(new double[][] {relevance});
        assertEquals(
                expected, Losses.lambdaRank().evaluate(scores, labels, null).value(), 1e-9);
    }

    private static double ndcg(double[] scores, double[] relevance) {
        double[] ordered = new double[scores.length];
        int[] order = OutputRows.descending(scores);
        for (int p = 0; p < order.length; p++) {
            ordered[p] = relevance[order[p]];
        }
        return Dcg.of(ordered, 100) / Dcg.ideal(relevance, 100);
    }

    @Property(tries = 50)
    void ignoresWhatIsAddedToAllScoresOfAListAndGoesDownhillInNdcgOrder(
            @ForAll long seed, @ForAll @DoubleRange(min = -100, max = 100) double shift) {
        INDArray scores = GradientCheck.array(GradientCheck.random(seed), 2, 2, 5);
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 1, 2, 0, 1}, {3, 0, 0, 0, 0}});
        for (LossFunction loss : List.of(Losses.rankNet(), Losses.lambdaRank())) {
            Result plain = loss.evaluate(scores, labels, null);
            assertEquals(
                    plain.value(),
                    loss.evaluate(scores.add(shift), labels, null).value(),
                    1e-9);
            assertEquals(0, plain.gradient().sum(1).amaxNumber().doubleValue(), 1e-12);
            assertTrue(plain.gradient().getDouble(1, 0) <= 0, "the only relevant item must rise");
        }
    }
}
