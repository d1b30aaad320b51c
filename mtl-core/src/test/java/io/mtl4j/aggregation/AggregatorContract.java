package io.mtl4j.aggregation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.step.FakeStep;
import io.mtl4j.step.MethodState;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What every {@link Aggregator} promises; a subclass says which, and what more it claims. */
abstract class AggregatorContract {

    /** {@return a fresh aggregator} */
    abstract Aggregator create();

    /** {@return the least number of tasks it works for} */
    int fewestTasks() {
        return 1;
    }

    /** {@return whether permuting the tasks permutes the answer} */
    boolean symmetric() {
        return true;
    }

    /** {@return the p of {@code d(fJ) = f^p d(J)}; NaN where the class says that there is none} */
    double degree() {
        return 1;
    }

    /** {@return the c such that {@code <g_k, d> ≥ -c max(1, max w) Σ|g|²} always; NaN where conflict is not excluded} */
    double conflict() {
        return Double.NaN;
    }

    /** {@return by how much the method itself amplifies rounding} */
    double amplification() {
        return 1;
    }

    /** {@return whether d = 0 at every Pareto-stationary point} */
    boolean stopsWhereStationary() {
        return false;
    }

    @Property(tries = 200)
    void theDirectionIsFinite(
            @ForAll long seed,
            @ForAll Gradient.Kind kind,
            @ForAll @IntRange(min = 1, max = 6) int tasks,
            @ForAll @IntRange(min = 1, max = 12) int columns,
            @ForAll @IntRange(min = -10, max = 15) int power) {
        Assume.that(tasks >= fewestTasks());
        double[][] rows = Gradient.times(Math.pow(10, power), Gradient.of(kind, seed, tasks, columns));
        Aggregator aggregator = create();
        for (int i = 0; i < 3; i++) {
            double[] direction = Gradient.direction(aggregator, Gradient.step(rows, seed + i, Gradient.ones(tasks)));
            assertEquals(columns, direction.length);
            assertTrue(
                    Arrays.stream(direction).allMatch(Double::isFinite), kind + " gives " + Arrays.toString(direction));
        }
    }

    @Property(tries = 100)
    void permutingTheTasksPermutesTheAnswer(
            @ForAll long seed, @ForAll Gradient.Kind kind, @ForAll @IntRange(min = 2, max = 6) int tasks) {
        if (!symmetric()) {
            return;
        }
        Assume.that(tasks >= fewestTasks());
        double[][] rows = Gradient.of(kind, seed, tasks, 10);
        double[][] reversed =
                IntStream.range(0, tasks).mapToObj(k -> rows[tasks - 1 - k]).toArray(double[][]::new);
        double[] losses = IntStream.range(0, tasks).mapToDouble(k -> 1 + k).toArray();
        double[] turned = IntStream.range(0, tasks).mapToDouble(k -> tasks - k).toArray();
        Aggregator one = create();
        Aggregator other = create();
        for (int i = 0; i < 3; i++) {
            double[] direction = Gradient.direction(one, Gradient.step(rows, seed + i, losses));
            same(direction, Gradient.direction(other, Gradient.step(reversed, seed + i, turned)), rows, 1e-6);
        }
    }

    @Property(tries = 100)
    void gradientsInOtherUnitsGiveTheSameAnswerInThoseUnits(
            @ForAll long seed,
            @ForAll Gradient.Kind kind,
            @ForAll @IntRange(min = 1, max = 6) int tasks,
            @ForAll @IntRange(min = -10, max = 15) int power) {
        if (Double.isNaN(degree())) {
            return;
        }
        Assume.that(tasks >= fewestTasks());
        double factor = Math.pow(10, power);
        double[][] rows = Gradient.of(kind, seed, tasks, 10);
        Aggregator one = create();
        Aggregator other = create();
        for (int i = 0; i < 3; i++) {
            double[] direction = Gradient.direction(one, Gradient.step(rows, seed + i, Gradient.ones(tasks)));
            double[] scaled = Gradient.direction(
                    other, Gradient.step(Gradient.times(factor, rows), seed + i, Gradient.ones(tasks)));
            double back = Math.pow(factor, -degree());
            same(direction, Arrays.stream(scaled).map(x -> back * x).toArray(), rows, 1e-6);
        }
    }

    @Property(tries = 200)
    void noGradientConflictsWithTheDirectionWhereThatIsClaimed(
            @ForAll long seed,
            @ForAll Gradient.Kind kind,
            @ForAll @IntRange(min = 1, max = 6) int tasks,
            @ForAll @IntRange(min = 1, max = 12) int columns) {
        if (Double.isNaN(conflict())) {
            return;
        }
        double[][] rows = Gradient.of(kind, seed, tasks, columns);
        FakeStep step = Gradient.step(rows, seed, Gradient.ones(tasks));
        double[] weights = ((UpdateDirection.Weights) create().aggregate(step)).weights();
        double[] direction = step.jacobian().combine(weights);
        double trace =
                Arrays.stream(rows).mapToDouble(row -> Gradient.dot(row, row)).sum();
        double allowed = conflict() * trace * Math.max(1, Gradient.largest(weights));
        for (double[] row : rows) {
            double product = Gradient.dot(row, direction);
            assertTrue(product >= -allowed, kind + ": <g, d> = " + product + ", allowed " + -allowed);
        }
    }

    @Property(tries = 100)
    void theDirectionIsZeroAtParetoStationaryPointsWhereThatIsClaimed(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int tasks) {
        if (!stopsWhereStationary()) {
            return;
        }
        double[][] rows = Gradient.of(Gradient.Kind.STATIONARY, seed, tasks, 10);
        double[] direction = Gradient.direction(create(), Gradient.step(rows, seed, Gradient.ones(tasks)));
        assertTrue(
                Gradient.largest(direction) <= 1e-7 * Gradient.largest(rows),
                "d = " + Arrays.toString(direction) + " at a stationary point");
    }

    @Property(tries = 50)
    void theStateGoesOnWhereItWasSaved(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int tasks) {
        Assume.that(tasks >= fewestTasks());
        Aggregator whole = create();
        for (int i = 0; i < 3; i++) {
            whole.aggregate(story(seed, i, tasks));
        }
        MethodState saved = whole.state();
        Aggregator resumed = create();
        resumed.aggregate(story(seed + 5, 0, tasks));
        resumed.restore(saved);
        for (int i = 3; i < 6; i++) {
            assertArrayEquals(
                    Gradient.direction(whole, story(seed, i, tasks)),
                    Gradient.direction(resumed, story(seed, i, tasks)));
        }
    }

    @Property(tries = 10)
    void anotherMethodsStateIsRefused(@ForAll long seed) {
        MethodState foreign = MethodState.empty("another").with("x", seed);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> create().restore(foreign));
        assertTrue(refused.getMessage().contains("another"), refused.getMessage());
    }

    @Property(tries = 50)
    void theSameStepsGiveTheSameDirections(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int tasks) {
        Assume.that(tasks >= fewestTasks());
        Aggregator one = create();
        Aggregator other = create();
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(
                    Gradient.direction(one, story(seed, i, tasks)), Gradient.direction(other, story(seed, i, tasks)));
        }
    }

    @Property(tries = 100)
    void anAbsentTaskShiftsNoOther(
            @ForAll long seed, @ForAll Gradient.Kind kind, @ForAll @IntRange(min = 2, max = 5) int tasks) {
        Assume.that(tasks > fewestTasks());
        Aggregator one = create();
        Aggregator other = create();
        for (int i = 0; i < 3; i++) {
            double[][] rows = Gradient.of(kind, seed + 100 * i, tasks, 10);
            Arrays.fill(rows[0], 0);
            double[][] others = Arrays.copyOfRange(rows, 1, tasks);
            double[] losses = Gradient.ones(tasks);
            losses[0] = Double.NaN;
            double[] direction = Gradient.direction(one, Gradient.step(rows, seed + i, losses));
            double[] alone = Gradient.direction(other, Gradient.step(others, seed + i, Gradient.ones(tasks - 1)));
            same(alone, direction, rows, 1e-9 * amplification());
        }
    }

    @Property(tries = 10)
    void withoutAnyTaskNothingMoves(@ForAll @IntRange(min = 1, max = 4) int tasks) {
        double[] losses = new double[tasks];
        Arrays.fill(losses, Double.NaN);
        FakeStep step = Gradient.step(new double[tasks][7], 1, losses);
        assertEquals(0, Gradient.largest(Gradient.direction(create(), step)));
    }

    @Property(tries = 20)
    void aGradientThatIsNoNumberIsRefusedWithItsTasksName(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int which, @ForAll boolean infinite) {
        Assume.that(fewestTasks() <= 3);
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed, 3, 10);
        rows[which][4] = infinite ? Double.NEGATIVE_INFINITY : Double.NaN;
        FakeStep step = new FakeStep(1, 1, 1)
                .gradients(rows, rows, rows)
                .representation(Gradient.of(Gradient.Kind.GENERIC, seed, 1, 10));
        ArithmeticException refused = assertThrows(ArithmeticException.class, () -> create().aggregate(step));
        assertTrue(refused.getMessage().contains("\"task" + which + "\""), refused.getMessage());
    }

    private static FakeStep story(long seed, int step, int tasks) {
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed + 31L * step, tasks, 10);
        double[] losses =
                IntStream.range(0, tasks).mapToDouble(k -> 1 + 0.1 * k).toArray();
        if (tasks > 4) {
            losses[step % tasks] = Double.NaN;
            Arrays.fill(rows[step % tasks], 0);
        }
        return Gradient.step(rows, seed + step, losses).step(step);
    }

    /** Compares in the scale of the direction, or of the gradients where that is shorter by much. */
    private static void same(double[] expected, double[] found, double[][] rows, double tolerance) {
        double scale = Math.max(Gradient.largest(expected), 1e-4 * Gradient.largest(rows));
        for (int i = 0; i < expected.length; i++) {
            assertTrue(
                    Math.abs(found[i] - expected[i]) <= tolerance * scale,
                    Arrays.toString(found) + ", expected " + Arrays.toString(expected));
        }
    }
}
