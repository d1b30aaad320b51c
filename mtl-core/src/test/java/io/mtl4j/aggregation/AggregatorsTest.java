package io.mtl4j.aggregation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.step.ArrayJacobian;
import io.mtl4j.step.FakeStep;
import io.mtl4j.step.Jacobian;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What methods have to do with each other, their defined answers, and their parameters. */
class AggregatorsTest {

    private static final double[][] OPPOSITE = {{1, 2, -1}, {-1, -2, 1}};
    private static final double[][] IDENTICAL = {{1, 2, -1}, {1, 2, -1}, {1, 2, -1}};
    private static final double[][] ONE_ZERO = {{1, 2, -1}, {0, 0, 0}, {2, -1, 1}};

    @Property(tries = 100)
    void upGradOfTwoTasksIsHalfOfPcGrad(@ForAll long seed) {
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed, 2, 12);
        double[] pcGrad = direction(Aggregations.pcGrad(), rows);
        double[] upGrad = direction(Aggregations.upGrad().withRegularisation(1e-10), rows);
        assertArrayEquals(pcGrad, Arrays.stream(upGrad).map(x -> 2 * x).toArray(), 1e-6);
    }

    @Property(tries = 100)
    void withoutConflictTheSurgeonsLeaveTheGradientsAlone(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int tasks) {
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed, tasks, 12);
        for (double[] row : rows) {
            Arrays.setAll(row, i -> Math.abs(row[i]));
        }
        double[] mean = direction(Aggregations.mean(), rows);
        assertArrayEquals(direction(Aggregations.sum(), rows), direction(Aggregations.pcGrad(), rows), 1e-12);
        assertArrayEquals(mean, direction(Aggregations.upGrad(), rows), 1e-12);
        assertArrayEquals(mean, direction(Aggregations.dualProj(), rows), 1e-12);
    }

    @Property(tries = 100)
    void theFirstStepOfGradVacIsPcGrad(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int tasks) {
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed, tasks, 12);
        assertArrayEquals(direction(Aggregations.pcGrad(), rows), direction(Aggregations.gradVac(), rows), 1e-9);
    }

    @Property(tries = 100)
    void fairGradWithAlphaOneIsNashWithoutLimit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int tasks) {
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed, tasks, 12);
        double[] nash = direction(new NashMtl(1, 0), rows);
        assertArrayEquals(direction(Aggregations.fairGrad(), rows), nash, 1e-9);
        assertEquals(Math.sqrt(tasks), Math.sqrt(Gradient.dot(nash, nash)), 1e-9);
    }

    @Property(tries = 100)
    void caGradLiesBetweenTheMeanAndTheMinNormPoint(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int tasks) {
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed, tasks, 40);
        double[] mean = direction(Aggregations.mean(), rows);
        assertArrayEquals(mean, direction(Aggregations.caGrad().withC(0), rows), 1e-12);
        double[] mgda = direction(Aggregations.mgda(), rows);
        double[] far = direction(Aggregations.caGrad().withC(1e6).withRescale(CaGrad.Rescale.NONE), rows);
        double cosine = Gradient.dot(mgda, far) / Math.sqrt(Gradient.dot(mgda, mgda) * Gradient.dot(far, far));
        assertEquals(1, cosine, 1e-6);
    }

    @Property(tries = 100)
    void imtlGHasEqualProjectionsOnIndependentGradients(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int tasks) {
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed, tasks, 40);
        for (ImtlG imtlG : new ImtlG[] {new ImtlG(), new ImtlG(true)}) {
            double[] d = direction(imtlG, rows);
            double first = Gradient.dot(d, rows[0]) / Math.sqrt(Gradient.dot(rows[0], rows[0]));
            for (double[] row : rows) {
                assertEquals(first, Gradient.dot(d, row) / Math.sqrt(Gradient.dot(row, row)), 1e-9);
            }
        }
    }

    @Property(tries = 100)
    void conFigHasEqualCosinesWithIndependentGradients(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int tasks) {
        double[][] rows = Gradient.of(Gradient.Kind.BADLY_SCALED, seed, tasks, 40);
        double[] d = direction(Aggregations.conFig(), rows);
        double first = Gradient.dot(d, rows[0]) / Math.sqrt(Gradient.dot(rows[0], rows[0]));
        assertTrue(first > 0);
        for (double[] row : rows) {
            assertEquals(first, Gradient.dot(d, row) / Math.sqrt(Gradient.dot(row, row)), 1e-9 * first);
        }
    }

    @Property(tries = 100)
    void alignedMtlOfOrthogonalGradientsGivesThemEqualLengths(@ForAll @IntRange(min = 1, max = 50) int stretch) {
        double[][] rows = {{stretch, 0, 0}, {0, 2, 0}, {0, 0, 0.5}};
        assertArrayEquals(new double[] {0.5 / 3, 0.5 / 3, 0.5 / 3}, direction(Aggregations.alignedMtl(), rows), 1e-12);
    }

    @Property(tries = 50)
    void frankWolfeIsNeverShorterThanTheMinNormPoint(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int tasks) {
        double[][] rows = Gradient.of(Gradient.Kind.GENERIC, seed, tasks, 5);
        double[] exact = direction(Aggregations.mgda(), rows);
        double[] iterated = direction(new FrankWolfeMgda(), rows);
        assertTrue(Gradient.dot(exact, exact) <= Gradient.dot(iterated, iterated) + 1e-12);
        double[] longer = direction(new FrankWolfeMgda(0, 20_000), rows);
        assertArrayEquals(exact, longer, 0.05);
    }

    @Test
    void krumSkipsAnOutlierAndTheTrimmedMeanItsEntries() {
        double[][] rows = {{1, 1}, {1.1, 1}, {0.9, 1}, {1, 1.1}, {1000, -1000}};
        double[] weights = weights(new Krum(1, 2), rows);
        assertEquals(0, weights[4]);
        assertEquals(1, Arrays.stream(weights).sum(), 1e-12);
        assertArrayEquals(new double[] {3.1 / 3, 1}, direction(new TrimmedMean(1), rows), 1e-12);
        double[][] two = {{1, 1}, {2, 2}};
        assertThrows(IllegalArgumentException.class, () -> weights(new Krum(0, 1), two));
        assertThrows(IllegalArgumentException.class, () -> direction(new TrimmedMean(1), two));
    }

    @Test
    void degenerateGradientsHaveTheAnswersThatTheClassesPromise() {
        for (String name :
                new String[] {"mgda", "cagrad", "nash-mtl", "fairgrad", "imtl-g", "config", "dualproj", "pcgrad"}) {
            assertArrayEquals(new double[3], direction(Aggregations.byName(name), OPPOSITE), 1e-9, name);
        }
        assertArrayEquals(new double[3], direction(Aggregations.upGrad(), OPPOSITE), 2e-3);
        for (String name : new String[] {"mgda", "upgrad", "imtl-g", "dualproj"}) {
            assertArrayEquals(IDENTICAL[0], direction(Aggregations.byName(name), IDENTICAL), 1e-9, name);
        }
        assertArrayEquals(new double[] {3, 6, -3}, direction(Aggregations.conFig(), IDENTICAL), 1e-9);
        assertArrayEquals(new double[] {0, 1, 0}, weights(Aggregations.mgda(), ONE_ZERO), 0);
        for (String name : new String[] {"nash-mtl", "fairgrad", "imtl-g", "config"}) {
            assertEquals(0, weights(Aggregations.byName(name), ONE_ZERO)[1], name);
            assertTrue(Gradient.largest(direction(Aggregations.byName(name), ONE_ZERO)) > 0.1, name);
        }
    }

    @Test
    void mgdaOfUnitGradientsGoesAlongRawOnesWhenAsked() {
        double[][] rows = {{10, 0}, {0, 1}};
        Mgda unit = Aggregations.mgda().withNormalisation(Mgda.Normalisation.LENGTH);
        assertArrayEquals(new double[] {0.5, 0.5}, direction(unit, rows), 1e-12);
        assertArrayEquals(new double[] {5, 0.5}, direction(unit.alongRawGradients(), rows), 1e-12);
        Mgda byLoss = Aggregations.mgda().withNormalisation(Mgda.Normalisation.LOSS);
        TrainingStep negative = new FakeStep(1, -2).gradients(rows);
        ArithmeticException refused = assertThrows(ArithmeticException.class, () -> byLoss.aggregate(negative));
        assertTrue(refused.getMessage().contains("task1"), refused.getMessage());
    }

    @Test
    void nashKeepsItsWeightsBetweenSolutions() {
        NashMtl nash = new NashMtl(2, 0);
        double[][] rows = {{1, 0}, {0, 2}};
        assertArrayEquals(new double[] {1, 0.5}, weights(nash, rows), 1e-9);
        assertArrayEquals(new double[] {1, 0.5}, weights(nash, new double[][] {{3, 0}, {0, 3}}), 1e-9);
        assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0}, weights(nash, new double[][] {{3, 0}, {0, 3}}), 1e-9);
    }

    @Test
    void preferencesPullTowardsTheirTasks() {
        double[][] rows = {{1, 0, 0}, {0, 1, 0}};
        Preference first = Preference.of(3, 1);
        assertArrayEquals(new double[] {3, 1}, weights(new UpGrad().withPreference(first), rows), 1e-12);
        assertArrayEquals(new double[] {3, 1}, weights(new DualProj().withPreference(first), rows), 1e-12);
        assertArrayEquals(new double[] {3, 1}, weights(new AlignedMtl().withPreference(first), rows), 1e-12);
        double[] config = direction(new ConFig().withPreference(first), rows);
        assertEquals(3, config[0] / config[1], 1e-12);
    }

    @Test
    void aTaskKeepsItsConstantAndItsPreferenceWhenAnotherIsAbsent() {
        FakeStep step = new FakeStep(1, Double.NaN, 1).gradients(new double[][] {{1, 0}, {0, 0}, {0, 1}});
        assertArrayEquals(
                new double[] {2, 0, 5}, ((UpdateDirection.Weights) new Constant(2, 3, 5).aggregate(step)).weights());
        Preference preference = Preference.of(2, 3, 5);
        assertArrayEquals(
                new double[] {2, 0, 5},
                ((UpdateDirection.Weights)
                                new UpGrad().withPreference(preference).aggregate(step))
                        .weights(),
                1e-12);
    }

    @Test
    void eachLayerIsAggregatedByItself() {
        double[][] rows = {{1, 2, 3, -1, 5, 1}, {-2, 1, 0, 4, 1, -3}};
        Jacobian whole = new ArrayJacobian(rows, 0, 1, 3, 5);
        TrainingStep step = new FakeStep(1, 1).jacobians(whole);
        double[] byLayer = Gradient.direction(Aggregations.perLayer(Aggregations::mgda), step);
        assertArrayEquals(direction(Aggregations.mgda(), slice(rows, 0, 3)), Arrays.copyOfRange(byLayer, 0, 3), 1e-12);
        assertArrayEquals(direction(Aggregations.mgda(), slice(rows, 3, 6)), Arrays.copyOfRange(byLayer, 3, 6), 1e-12);
        double[] byMatrix = Gradient.direction(Aggregations.perMatrix(Aggregations::mgda), step);
        assertArrayEquals(direction(Aggregations.mgda(), slice(rows, 1, 3)), Arrays.copyOfRange(byMatrix, 1, 3), 1e-12);
        assertEquals("mgda-per-layer", Aggregations.perLayer(Aggregations::mgda).name());
    }

    @Test
    void eachLayerRemembersByItself() {
        double[][] rows = {{1, 2, 3, -1}, {-2, 1, -3, 4}};
        TrainingStep step = new FakeStep(1, 1).jacobians(new ArrayJacobian(rows, 0, 2));
        PerGroup one = Aggregations.perMatrix(Aggregations::gradVac);
        PerGroup other = Aggregations.perMatrix(Aggregations::gradVac);
        double[] first = Gradient.direction(one, step);
        double[] second = Gradient.direction(one, step);
        assertTrue(!Arrays.equals(first, second), "targets have moved");
        PerGroup again = Aggregations.perMatrix(Aggregations::gradVac);
        Gradient.direction(again, step);
        other.restore(again.state());
        assertArrayEquals(second, Gradient.direction(other, step));
    }

    @Test
    void methodsAreFoundByName() {
        for (String name : Aggregations.names()) {
            assertEquals(name, Aggregations.byName(name).name());
        }
        assertNotSame(Aggregations.byName("moco"), Aggregations.byName("moco"));
        assertEquals(24, Aggregations.names().size());
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> Aggregations.byName("upgrade"));
        assertTrue(unknown.getMessage().contains(", upgrad], alone or followed by"), unknown.getMessage());
    }

    @Test
    void aNameMaySayWhichGradients() {
        for (String name : List.of("pcgrad-per-layer", "moco-per-matrix", "upgrad-representation")) {
            assertEquals(name, Aggregations.byName(name).name());
        }
        assertEquals(Aggregations.onRepresentation(new UpGrad()), Aggregations.byName("upgrad-representation"));
        assertEquals(new Mgda(), ((OnRepresentation) Aggregations.byName("mgda-ub")).inner());
        for (String name : List.of("moco-representation", "mgda-ub-per-layer", "upgrade-per-layer", "-per-layer")) {
            assertThrows(IllegalArgumentException.class, () -> Aggregations.byName(name), name);
        }
    }

    @Test
    void aMethodOnTheRepresentationAsksForItAndKeepsTheStateUnderItsOwnName() {
        double[][] rows = {{1, 2, 3, -1}, {-2, 1, -3, 4}};
        OnRepresentation one = Aggregations.onRepresentation(new GradVac());
        assertEquals(Set.of(Requirement.JACOBIAN, Requirement.REPRESENTATION), one.requirements());
        direction(one, rows);
        assertEquals("gradvac-representation", one.state().method());
        GradVac plain = new GradVac();
        direction(plain, rows);
        assertThrows(IllegalArgumentException.class, () -> one.restore(plain.state()));
        assertArrayEquals(direction(plain, rows), direction(one, rows));
    }

    @Test
    void parametersOutOfRangeAreRefusedWithTheirValue() {
        assertThrows(IllegalArgumentException.class, () -> new Constant());
        assertThrows(IllegalArgumentException.class, () -> new Constant(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Preference.of(0, 0));
        assertThrows(IllegalArgumentException.class, () -> Preference.of(1, -1));
        assertThrows(IllegalArgumentException.class, () -> new UpGrad().withRegularisation(0));
        assertThrows(IllegalArgumentException.class, () -> new CaGrad().withC(-1));
        assertThrows(IllegalArgumentException.class, () -> new FairGrad(0));
        assertThrows(IllegalArgumentException.class, () -> new NashMtl(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Krum(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new DbMtl(2, 0, 0));
        assertThrows(NullPointerException.class, () -> new Mgda(null, false));
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new Constant(1, 2, 3).aggregate(FakeStep.of(OPPOSITE)));
        assertTrue(refused.getMessage().contains("3 entries for 2 tasks"), refused.getMessage());
        assertNotEquals(new CaGrad().withC(0.1), new CaGrad());
    }

    @Test
    void dbMtlRefusesALossWithoutALogarithm() {
        TrainingStep step = new FakeStep(1, 0).gradients(OPPOSITE);
        ArithmeticException refused = assertThrows(
                ArithmeticException.class, () -> Aggregations.dbMtl().aggregate(step));
        assertTrue(refused.getMessage().contains("task1"), refused.getMessage());
    }

    @Test
    void aMethodForAnotherModelSaysSo() {
        MoCo moCo = Aggregations.moCo();
        moCo.aggregate(FakeStep.of(OPPOSITE));
        assertThrows(IllegalStateException.class, () -> moCo.aggregate(FakeStep.of(IDENTICAL)));
    }

    /** The example of the package's guide. */
    record EqualLengths() implements GramianAggregator {
        @Override
        public String name() {
            return "equal-lengths";
        }

        @Override
        public double[] weights(double[][] gramian, TrainingStep step) {
            double[] weights = new double[gramian.length];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = gramian[k][k] > 0 ? 1 / Math.sqrt(gramian[k][k]) : 0;
            }
            return weights;
        }
    }

    @Test
    void theMethodOfTheGuideWorksWithAbsentTasks() {
        FakeStep step = new FakeStep(1, Double.NaN, 1).gradients(new double[][] {{3, 4}, {0, 0}, {0, 2}});
        assertArrayEquals(
                new double[] {0.2, 0, 0.5},
                ((UpdateDirection.Weights) new EqualLengths().aggregate(step)).weights(),
                1e-12);
    }

    private static double[][] slice(double[][] rows, int from, int to) {
        return Arrays.stream(rows).map(row -> Arrays.copyOfRange(row, from, to)).toArray(double[][]::new);
    }

    private static double[] direction(Aggregator aggregator, double[][] rows) {
        return Gradient.direction(aggregator, Gradient.step(rows, 3, Gradient.ones(rows.length)));
    }

    private static double[] weights(Aggregator aggregator, double[][] rows) {
        return ((UpdateDirection.Weights) aggregator.aggregate(FakeStep.of(rows))).weights();
    }
}
