package io.mtl4j.weighting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.step.FakeStep;
import io.mtl4j.step.MethodState;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What every {@link LossWeighting} promises; a subclass says which. */
abstract class LossWeightingContract {

    /** {@return a fresh weighting for K tasks} */
    abstract LossWeighting create(int tasks);

    /** {@return whether the method treats all tasks alike and draws nothing at random} */
    boolean symmetric() {
        return true;
    }

    @Property(tries = 150)
    void weightsAreFiniteAndNonNegativeAndZeroForAbsentTasksOnly(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int tasks) {
        Story story = Story.random(seed, tasks);
        double[][] weights = story.run(create(tasks));
        for (int i = 0; i < weights.length; i++) {
            String found = Arrays.toString(weights[i]) + " for " + Arrays.toString(story.losses(i));
            assertEquals(tasks, weights[i].length);
            double sum = 0;
            for (int k = 0; k < tasks; k++) {
                assertTrue(weights[i][k] >= 0 && weights[i][k] <= Double.MAX_VALUE, found);
                assertTrue(story.present(i, k) || weights[i][k] == 0, found);
                sum += weights[i][k];
            }
            int step = i;
            boolean some = IntStream.range(0, tasks).anyMatch(k -> story.present(step, k));
            assertEquals(some, sum > 0, found);
        }
    }

    @Property(tries = 150)
    void tasksInAnotherOrderGetTheSameWeights(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int tasks) {
        if (!symmetric()) {
            return;
        }
        Story story = Story.random(seed, tasks);
        int[] reversed = IntStream.range(0, tasks).map(k -> tasks - 1 - k).toArray();
        double[][] weights = story.run(create(tasks));
        double[][] permuted = story.only(reversed).run(create(tasks));
        for (int i = 0; i < weights.length; i++) {
            for (int k = 0; k < tasks; k++) {
                close(weights[i][k], permuted[i][tasks - 1 - k]);
            }
        }
    }

    @Property(tries = 150)
    void anAbsentTaskShiftsNoOther(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int tasks) {
        Story story = Story.random(seed, tasks).without(tasks - 1);
        double[][] weights = story.run(create(tasks));
        int[] others = IntStream.range(0, tasks - 1).toArray();
        double[][] alone = story.only(others).run(create(tasks - 1));
        for (int i = 0; i < weights.length; i++) {
            for (int k = 0; k < tasks - 1; k++) {
                close(alone[i][k], weights[i][k]);
            }
        }
    }

    @Property(tries = 100)
    void theSameStepsGiveTheSameWeights(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int tasks) {
        Story story = Story.random(seed, tasks);
        assertTrue(Arrays.deepEquals(story.run(create(tasks)), story.run(create(tasks))));
    }

    @Property(tries = 100)
    void aRestoredWeightingGoesOnBitForBit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int tasks) {
        Story story = Story.random(seed, tasks);
        LossWeighting original = create(tasks);
        LossWeighting resumed = create(tasks);
        for (int i = 0; i < story.steps(); i++) {
            LossWeighting next = create(tasks);
            next.restore(resumed.state());
            resumed = next;
            assertArrayEquals(story.take(original, i), story.take(resumed, i));
        }
    }

    @Property(tries = 20)
    void aLossThatIsNotFiniteIsNamed(@ForAll @IntRange(min = 1, max = 4) int tasks, @ForAll boolean negative) {
        double[] losses = new double[tasks];
        Arrays.fill(losses, 1);
        losses[tasks - 1] = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        FakeStep step = new FakeStep(losses).gradients(new double[tasks][2]);
        String message = assertThrows(
                        ArithmeticException.class, () -> create(tasks).weigh(step))
                .getMessage();
        assertTrue(message.contains("\"task" + (tasks - 1) + "\""), message);
    }

    @Property(tries = 1)
    void aStateOfAnotherMethodIsRejected() {
        MethodState foreign = MethodState.empty("another").with("parameters", 1, 2);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> create(2).restore(foreign))
                .getMessage();
        assertTrue(message.contains("another"), message);
    }

    private static void close(double expected, double found) {
        assertEquals(expected, found, 1e-9 * Math.max(Math.abs(expected), Math.abs(found)) + 1e-300);
    }
}
