package io.mtl4j.nn.head;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class CrfLossTest {

    private static final CrfLoss LOSS = new CrfLoss();

    /** Tags, of which some are NaN. */
    private static INDArray labels(RandomGenerator random, int batch, int time, int tags, double missing) {
        INDArray labels = Nd4j.create(DataType.DOUBLE, batch, time);
        for (int i = 0; i < batch * time; i++) {
            labels.putScalar(i, random.nextDouble() < missing ? Double.NaN : random.nextInt(tags));
        }
        return labels;
    }

    private static INDArray mask(INDArray labels) {
        return LabelMask.complete(labels, null, null, labels.shape());
    }

    private static double byTryingAll(INDArray scores, INDArray labels, int example) {
        AllPaths all = AllPaths.of(scores, example);
        return all.logSum(path -> true)
                - all.logSum(path -> IntStream.range(0, path.length).allMatch(t -> {
                    double label = labels.getDouble(example, t);
                    return Double.isNaN(label) || label == path[t];
                }));
    }

    @Property(tries = 60)
    void isTheLogLikelihoodOverAllPaths(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int tags,
            @ForAll @IntRange(min = 1, max = 4) int time,
            @ForAll @IntRange(max = 2) int size) {
        RandomGenerator random = random(seed);
        INDArray scores = array(random, Math.pow(10, size - 1), 3, tags + 2 + time, tags);
        INDArray labels = labels(random, 3, time, tags, 0.4);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < 3; i++) {
            if (mask(labels) == null || mask(labels).slice(i).sumNumber().intValue() > 0) {
                sum += byTryingAll(scores, labels, i);
                count++;
            }
        }
        Result result = LOSS.evaluate(scores, labels, mask(labels));
        assertEquals(count, result.count());
        assertEquals(sum / count, result.value(), 1e-10 * Math.max(1, sum));
    }

    @Property(tries = 10)
    void gradientMatchesFiniteDifferences(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int tags,
            @ForAll @IntRange(min = 1, max = 5) int time) {
        RandomGenerator random = random(seed);
        INDArray scores = array(random, 1, 2, tags + 2 + time, tags);
        INDArray labels = labels(random, 2, time, tags, 0.3);
        labels.putScalar(0, 0);
        LossCheck.gradient(LOSS, scores, labels, mask(labels));
    }

    @Property(tries = 20)
    void withoutTransitionsItIsTheSumOfCrossEntropies(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int time) {
        RandomGenerator random = random(seed);
        INDArray tags = array(random, 2, 2, time, 3);
        INDArray scores = Nd4j.concat(1, Nd4j.zeros(DataType.DOUBLE, 2, 5, 3), tags);
        INDArray labels = labels(random, 2, time, 3, 0.2);
        labels.putScalar(0, 0, 1);
        labels.putScalar(1, 0, 2);
        Result each = Losses.crossEntropy().evaluate(tags, labels, mask(labels));
        assertEquals(
                each.value() * each.count() / 2,
                LOSS.evaluate(scores, labels, mask(labels)).value(),
                1e-12 * time);
    }

    @Property(tries = 20)
    void gradientsOfAStepSumToZero(@ForAll long seed) {
        INDArray scores = array(random(seed), 3, 2, 4 + 2 + 7, 4);
        INDArray labels = labels(random(seed), 2, 7, 4, 0.3);
        INDArray sums = LOSS.evaluate(scores, labels, mask(labels)).gradient().sum(2);
        sums = sums.get(NDArrayIndex.all(), NDArrayIndex.interval(4, 13));
        assertEquals(0, sums.amaxNumber().doubleValue(), 1e-12);
    }

    @Example
    void aSequenceWithoutTagsIsAsGoodAsNone() {
        INDArray scores = array(random(3), 1, 2, 3 + 2 + 4, 3);
        INDArray labels = labels(random(4), 2, 4, 3, 0);
        labels.slice(1).assign(Double.NaN);
        Result both = LOSS.evaluate(scores, labels, mask(labels));
        INDArray first = scores.slice(0).dup().reshape(1, 9, 3);
        Result one = LOSS.evaluate(first, labels.slice(0).dup().reshape(1, 4), null);
        assertEquals(one.value(), both.value());
        assertEquals(1, both.count());
        assertEquals(0, both.gradient().slice(1).amaxNumber().doubleValue());
        assertEquals(one.gradient().slice(0), both.gradient().slice(0));
        Result whole = LOSS.evaluate(scores, labels, Nd4j.createFromArray(1.0, 0.0));
        assertEquals(one.value(), whole.value(), "a mask of whole sequences");
    }

    @Example
    void aBatchWithoutTagsGivesNaNAndNoGradient() {
        INDArray labels = labels(random(4), 2, 4, 3, 1);
        Result none = LOSS.evaluate(array(random(3), 1, 2, 3 + 2 + 4, 3), labels, mask(labels));
        assertTrue(Double.isNaN(none.value()));
        assertEquals(0, none.count());
        assertEquals(0, none.gradient().amaxNumber().doubleValue());
    }

    @Example
    void staysFiniteForExtremeScoresInSinglePrecision() {
        INDArray scores = array(random(3), 1, 4, 3 + 2 + 50, 3)
                .gt(0)
                .castTo(DataType.FLOAT)
                .mul(2e4)
                .sub(1e4);
        INDArray labels = labels(random(4), 4, 50, 3, 0.2);
        Result result = LOSS.evaluate(scores, labels, mask(labels));
        assertTrue(Double.isFinite(result.value()) && result.value() >= 0, "value " + result.value());
        assertEquals(DataType.FLOAT, result.gradient().dataType());
        assertTrue(result.gradient().amaxNumber().doubleValue() <= 50, "each score is used at most 50 times");
    }

    @Property(tries = 20)
    void rareTransitionsDoNotUnderflow(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int time) {
        INDArray scores = array(random(seed), 600, 2, 3 + 2 + time, 3); // exp(-600) squared is no number any more
        INDArray labels = labels(random(seed), 2, time, 3, 0.4);
        labels.putScalar(0, 0, 1);
        labels.putScalar(1, 0, 2);
        double expected = (byTryingAll(scores, labels, 0) + byTryingAll(scores, labels, 1)) / 2;
        Result result = LOSS.evaluate(scores, labels, mask(labels));
        assertEquals(expected, result.value(), 1e-10 * Math.max(1, expected));
        LossCheck.gradient(LOSS, scores.mul(0.01), labels, mask(labels));
    }

    @Example
    void saysWhatIsWrong() {
        INDArray labels = Nd4j.zeros(2, 4);
        assertEquals(
                "scores of shape [2, 5, 3]; they must be [batch, tags + 2 + time, tags], as CrfScores gives them",
                refusal(Nd4j.zeros(2, 5, 3), labels, null));
        assertEquals(
                "labels of shape [2, 4] for 2 sequences of 3 steps; give one tag number for each step",
                refusal(Nd4j.zeros(2, 8, 3), labels, null));
        assertEquals(
                "label 3.0 in row 5; tags are 0 to 2",
                refusal(Nd4j.zeros(2, 9, 3), labels.dup().putScalar(5, 3), null));
        assertTrue(refusal(Nd4j.zeros(2, 9, 3), labels, Nd4j.ones(5)).contains("label mask"));
    }

    private static String refusal(INDArray scores, INDArray labels, INDArray mask) {
        return assertThrows(IllegalArgumentException.class, () -> LOSS.evaluate(scores, labels, mask))
                .getMessage();
    }
}
