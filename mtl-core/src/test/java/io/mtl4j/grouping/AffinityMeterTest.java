package io.mtl4j.grouping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.step.FakeLookahead;
import io.mtl4j.step.FakeStep;
import io.mtl4j.step.Requirement;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import io.mtl4j.task.TaskSet;
import io.mtl4j.weighting.Weightings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffinityMeterTest {

    private static final TaskSet TWO =
            new TaskSet(List.of(new Task("a", TaskKind.BINARY, "loss", 1), new Task("b", TaskKind.BINARY, "loss", 1)));

    /** A step of a takes a share of each loss away that is proportional to its length; one of b adds 10 %. */
    private static FakeStep step(long number, double share, double... losses) {
        return new FakeStep(losses).epoch(1).step(number).lookahead(new FakeLookahead() {
            @Override
            public double[] hypergradient(double[] weights, double[] priorities) {
                throw new UnsupportedOperationException("not asked for");
            }

            @Override
            public double[] lossesAfterSharedStep(double[] weights) {
                return Arrays.stream(losses)
                        .map(loss -> loss * (1 - share * weights[0] + 0.1 * weights[1]))
                        .toArray();
            }
        });
    }

    @Test
    void isTheMeanOverTheMeasuredSteps() {
        AffinityMeter meter = AffinityMeter.around(Weightings.equal()).every(2);
        meter.weigh(step(0, 0.2, 3, 5));
        meter.weigh(step(1, 0.9, 3, 5));
        assertArrayEquals(new double[] {1, 1}, meter.weigh(step(2, 0.4, 1, 2)));
        TaskAffinity affinity = meter.affinity(TWO);
        assertEquals(0.3, affinity.of("a", "b"), 1e-12);
        assertEquals(0.3, affinity.of("a", "a"), 1e-12);
        assertEquals(-0.1, affinity.of("b", "a"), 1e-12);
    }

    @Test
    void theLengthOfTheStepCanBeChosen() {
        AffinityMeter meter = AffinityMeter.around(Weightings.equal()).stepFactor(2);
        meter.weigh(step(0, 0.2, 3, 5));
        assertEquals(0.4, meter.affinity(TWO).of("a", "b"), 1e-12);
    }

    @Test
    void theFirstEpochIsLeftOutUnlessAskedFor() {
        AffinityMeter meter = AffinityMeter.around(Weightings.equal());
        meter.weigh(step(0, 0.9, 3, 5).epoch(0));
        meter.weigh(step(1, 0.2, 3, 5));
        assertEquals(0.2, meter.affinity(TWO).of("a", "b"), 1e-12);
        AffinityMeter whole = AffinityMeter.around(Weightings.equal()).fromEpoch(0);
        whole.weigh(step(0, 0.9, 3, 5).epoch(0));
        assertEquals(0.9, whole.affinity(TWO).of("a", "b"), 1e-12);
        assertEquals("affinity-equal", whole.name());
    }

    @Test
    void tasksThatAreAbsentOrWithoutLossAreLeftOut() {
        AffinityMeter meter = AffinityMeter.around(Weightings.equal());
        meter.weigh(step(0, 0.2, 3, Double.NaN));
        assertEquals(0, meter.affinity(TWO).of("a", "b"));
        meter.weigh(step(1, 0.4, 3, 0));
        assertEquals(0, meter.affinity(TWO).of("a", "b"));
        assertEquals(0.3, meter.affinity(TWO).of("a", "a"), 1e-12);
        assertEquals(-0.1, meter.affinity(TWO).of("b", "a"), 1e-12, "the step in which b was absent does not count");
    }

    @Test
    void asksForALookaheadAndForWhatTheWeightingNeeds() {
        assertEquals(
                List.of(Requirement.LOSSES_AFTER_UPDATE, Requirement.LOOKAHEAD),
                List.copyOf(AffinityMeter.around(Weightings.famo()).requirements()));
    }

    @Test
    void saysWhatIsWrong() {
        AffinityMeter meter = AffinityMeter.around(Weightings.equal());
        assertTrue(assertThrows(IllegalStateException.class, () -> meter.affinity(TWO))
                .getMessage()
                .contains("no affinities were measured"));
        meter.weigh(step(0, 0.2, 1, 1).epoch(0));
        assertTrue(assertThrows(IllegalStateException.class, () -> meter.affinity(TWO))
                .getMessage()
                .contains("more than 1 epochs"));
        meter.weigh(step(1, 0.2, 1, 1));
        TaskSet one = new TaskSet(TWO.tasks().subList(0, 1));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> meter.affinity(one))
                .getMessage()
                .contains("affinities of 2 tasks, asked for [a]"));
        assertThrows(IllegalArgumentException.class, () -> meter.every(0));
        assertThrows(IllegalArgumentException.class, () -> meter.fromEpoch(-1));
        assertThrows(IllegalArgumentException.class, () -> meter.stepFactor(0));
    }
}
