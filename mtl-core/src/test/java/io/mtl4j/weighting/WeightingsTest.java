package io.mtl4j.weighting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.step.FakeLookahead;
import io.mtl4j.step.FakeStep;
import io.mtl4j.step.Lookahead;
import io.mtl4j.step.MethodState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WeightingsTest {

    private static final double NONE = Double.NaN;

    @Test
    void fixedWeightsByNameFollowTheTasks() {
        LossWeighting fixed = Weightings.fixed(Map.of("task1", 3.0, "task0", 0.5));
        assertArrayEquals(new double[] {0.5, 3}, fixed.weigh(new FakeStep(1, 1)));
        assertArrayEquals(new double[] {0, 3}, fixed.weigh(new FakeStep(NONE, 1)));
    }

    @Test
    void fixedWeightsMustFitTheTasks() {
        FakeStep step = new FakeStep(1, 1);
        assertMessage("\"task1\"", () -> Weightings.fixed(Map.of("task0", 1.0)).weigh(step));
        assertMessage(
                "unknown",
                () -> Weightings.fixed(Map.of("task0", 1.0, "task1", 1.0, "x", 1.0))
                        .weigh(step));
        assertMessage("3 weights for 2 tasks", () -> Weightings.fixed(1, 2, 3).weigh(step));
        assertMessage("-1.0", () -> Weightings.fixed(1, -1));
        assertMessage("NaN", () -> Weightings.fixed(1, NONE));
        assertMessage("at least one", () -> Weightings.fixed(0, 0));
        assertMessage("task \"a\"", () -> Weightings.fixed(Map.of("a", Double.POSITIVE_INFINITY)));
    }

    private static void assertMessage(String part, Supplier<?> wrong) {
        String message =
                assertThrows(IllegalArgumentException.class, wrong::get).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void methodsForNonNegativeLossesNameTheTaskOfANegativeOne() {
        List<String> domain = List.of("inverse-loss", "dwa", "gls", "imtl-l", "famo", "stch", "grad-norm");
        for (String name : domain) {
            FakeStep step = new FakeStep(1, -0.5).gradients(new double[2][2]);
            String message = assertThrows(
                            ArithmeticException.class,
                            () -> Weightings.byName(name).weigh(step))
                    .getMessage();
            assertTrue(message.contains("\"task1\"") && message.contains("-0.5") && message.contains(name), message);
        }
        assertEquals(2, Weightings.uncertainty().weigh(new FakeStep(1, -0.5)).length);
    }

    @Test
    void parametersOutOfRangeAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> Weightings.inverseLoss(0));
        assertThrows(IllegalArgumentException.class, () -> Weightings.dwa(0));
        assertThrows(IllegalArgumentException.class, () -> Weightings.stch(0, 1));
        assertThrows(IllegalArgumentException.class, () -> Weightings.stch(1, -1));
        assertThrows(IllegalArgumentException.class, () -> Weightings.uncertainty(NONE, WeightOptimizer.sgd(1)));
        assertThrows(NullPointerException.class, () -> Weightings.uncertainty(0, null));
        assertThrows(IllegalArgumentException.class, () -> Weightings.gradNorm(-1, WeightOptimizer.sgd(1)));
        assertThrows(IllegalArgumentException.class, () -> WeightOptimizer.adam(0));
        assertThrows(IllegalArgumentException.class, () -> WeightOptimizer.sgd(NONE));
        assertThrows(IllegalArgumentException.class, () -> new WeightOptimizer.Adam(1, 1, 0.9, 1e-8, 0));
    }

    @Test
    void normalizedWeightsSumToTheNumberOfPresentTasks() {
        double[] weights = Weightings.normalized(Weightings.inverseLoss()).weigh(new FakeStep(1, NONE, 3));
        assertArrayEquals(new double[] {1.5, 0, 0.5}, weights, 1e-6);
        double[] huge = Weightings.normalized(Weightings.fixed(1e308, 1e308)).weigh(new FakeStep(1, 1));
        assertArrayEquals(new double[] {1, 1}, huge, 1e-12);
    }

    @Test
    void geometricMeanDoesNotOverflowAndSurvivesALossOfZero() {
        double[] weights = Weightings.gls().weigh(new FakeStep(1e200, 1e200, 1e-100));
        assertTrue(weights[2] > weights[0] && weights[2] < Double.MAX_VALUE);
        double[] zeros = Weightings.gls().weigh(new FakeStep(0, 0));
        assertArrayEquals(new double[] {0.5, 0.5}, zeros, 1e-12);
        assertTrue(Weightings.gls().weigh(new FakeStep(0, 1))[0] > 1);
    }

    @Test
    void dynamicWeightAverageUsesMeansOverTheStepsWithTheTask() {
        LossWeighting dwa = Weightings.dwa(1);
        dwa.weigh(new FakeStep(4, 1).epoch(0));
        dwa.weigh(new FakeStep(NONE, 3).epoch(0));
        dwa.weigh(new FakeStep(2, NONE).epoch(1));
        double[] second = dwa.weigh(new FakeStep(2, 2).epoch(1));
        assertArrayEquals(new double[] {1, 1}, second, 1e-12, "the first two epochs");
        double[] weights = dwa.weigh(new FakeStep(1, 1).epoch(2));
        // Ratios 2/4 and 2/2.
        double slow = 2 / (1 + Math.exp(-0.5));
        assertArrayEquals(new double[] {2 - slow, slow}, weights, 1e-12);
    }

    @Test
    void dynamicWeightAverageCountsATaskUnseenForAnEpochAsUnchanged() {
        LossWeighting dwa = Weightings.dwa(1);
        dwa.weigh(new FakeStep(4, 2).epoch(0));
        dwa.weigh(new FakeStep(4, NONE).epoch(1));
        assertArrayEquals(new double[] {1, 1}, dwa.weigh(new FakeStep(4, 2).epoch(2)), 1e-12);
    }

    @Test
    void uncertaintyAndImtlTendToTheInverseOfConstantLosses() {
        LossWeighting uncertainty = Weightings.uncertainty();
        LossWeighting imtl = Weightings.imtlL();
        double[] losses = {0.2, 5};
        for (int i = 0; i < 2000; i++) {
            uncertainty.weigh(new FakeStep(losses));
            imtl.weigh(new FakeStep(losses));
        }
        assertArrayEquals(new double[] {2.5, 0.1}, uncertainty.weigh(new FakeStep(losses)), 0.05);
        assertArrayEquals(new double[] {5, 0.2}, imtl.weigh(new FakeStep(losses)), 0.1);
    }

    @Test
    void famoShiftsWeightToTheTaskThatFallsSlowly() {
        LossWeighting famo = Weightings.famo();
        double[] weights = {};
        for (int i = 0; i < 200; i++) {
            weights = famo.weigh(new FakeStep(1, 1));
            famo.afterUpdate(new double[] {0.5, 0.99});
        }
        assertTrue(weights[1] > 0.9, () -> "weights did not move");
    }

    @Test
    void famoNamesATaskWhoseLossIsGoneAfterTheUpdate() {
        LossWeighting famo = Weightings.famo();
        assertThrows(IllegalStateException.class, () -> famo.afterUpdate(new double[] {1, 1}));
        famo.weigh(new FakeStep(1, 1));
        String message = assertThrows(ArithmeticException.class, () -> famo.afterUpdate(new double[] {1, NONE}))
                .getMessage();
        assertTrue(message.contains("\"task1\""), message);
    }

    @Test
    void smoothTchebycheffFollowsTheWorstTaskWhenMuIsSmall() {
        LossWeighting stch = Weightings.stch(0.01, 0);
        stch.weigh(new FakeStep(2, 4).epoch(0));
        double[] weights = stch.weigh(new FakeStep(1, 3.9).epoch(1));
        assertArrayEquals(new double[] {0, 2 / 3.9}, weights, 1e-9);
    }

    @Test
    void smoothTchebycheffTakesTheFirstLossOfALateTaskAsItsNadir() {
        LossWeighting stch = Weightings.stch(1, 0);
        stch.weigh(new FakeStep(2, NONE).epoch(0));
        double[] weights = stch.weigh(new FakeStep(2, 10).epoch(1));
        assertArrayEquals(new double[] {0.5, 0.1}, weights, 1e-12);
    }

    @Test
    void gradNormEvensOutTheGradients() {
        LossWeighting gradNorm = Weightings.gradNorm();
        double[][] gradients = {{10, 0}, {0, 1}};
        gradNorm.weigh(new FakeStep(1, 1).gradients(gradients));
        double[] weights = {};
        for (int i = 0; i < 500; i++) {
            weights = gradNorm.weigh(new FakeStep(1, 1).gradients(gradients).epoch(1));
        }
        assertEquals(1, 10 * weights[0] / weights[1], 0.2);
    }

    @Test
    void gradNormGivesMoreToTheTaskThatLagsBehind() {
        LossWeighting gradNorm = Weightings.gradNorm();
        double[][] gradients = {{1, 0}, {0, 1}};
        gradNorm.weigh(new FakeStep(1, 1).gradients(gradients));
        double[] weights = {};
        for (int i = 0; i < 100; i++) {
            weights = gradNorm.weigh(new FakeStep(0.2, 0.9).gradients(gradients).epoch(1));
        }
        assertTrue(weights[1] > 1.3, "weights did not move");
    }

    /** Task 2 undoes what the held-out losses of the others gain; task 1 helps a little. */
    private static final Lookahead HARMFUL = FakeLookahead.of((weights, priorities) ->
            new double[] {-1 * priorities[0], -0.1 * priorities[0], 0.5 * priorities[0] - 0.2 * priorities[2]});

    @Test
    void autoLambdaLowersTheWeightOfATaskThatHarmsTheOnesThatMatter() {
        LossWeighting lambda = Weightings.autoLambda(WeightOptimizer.sgd(0.1), Map.of("task0", 1.0));
        FakeStep step = new FakeStep(1, 1, 1).lookahead(HARMFUL);
        assertArrayEquals(new double[] {1.1, 1.01, 0.95}, lambda.weigh(step), 1e-12);
        for (int i = 0; i < 100; i++) {
            lambda.weigh(step);
        }
        assertEquals(1e-3, lambda.weigh(step)[2], 1e-12, "the floor");
        assertTrue(lambda.weigh(step)[0] > 10);
    }

    @Test
    void autoLambdaMovesByItsRateAtFirst() {
        double[] weights = Weightings.autoLambda().weigh(new FakeStep(1, 1, 1).lookahead(HARMFUL));
        assertArrayEquals(new double[] {1.001, 1.001, 0.999}, weights, 1e-8);
    }

    @Test
    void autoLambdaRejectsUnknownTasksAndDerivativesThatAreNotFinite() {
        LossWeighting unknown = Weightings.autoLambda(WeightOptimizer.adam(1e-3), Map.of("other", 1.0));
        assertMessage("other", () -> unknown.weigh(new FakeStep(1).lookahead(HARMFUL)));
        FakeStep broken =
                new FakeStep(1, 1).lookahead(FakeLookahead.of((weights, priorities) -> new double[] {1, NONE}));
        String message = assertThrows(
                        ArithmeticException.class, () -> Weightings.autoLambda().weigh(broken))
                .getMessage();
        assertTrue(message.contains("\"task1\""), message);
    }

    @Test
    void momlRaisesNoHeldOutLossToFirstOrder() {
        // Hypergradients of two held-out losses that disagree on task 1.
        double[][] rows = {{-1, 2}, {-0.5, -1}};
        Lookahead lookahead = FakeLookahead.of((weights, priorities) -> new double[] {
            priorities[0] * rows[0][0] + priorities[1] * rows[1][0],
            priorities[0] * rows[0][1] + priorities[1] * rows[1][1]
        });
        double[] weights = Weightings.moml(WeightOptimizer.sgd(0.1)).weigh(new FakeStep(1, 1).lookahead(lookahead));
        double[] change = {weights[0] - 1, weights[1] - 1};
        for (double[] row : rows) {
            assertTrue(row[0] * change[0] + row[1] * change[1] < -1e-3, "a held-out loss rises");
        }
    }

    /** Of two tasks: held-out gradients of lengths 2 and 3 at right angles, |∇q|² = 1 with the slopes of the logits. */
    private static Lookahead forumLookahead(double productWithFirst) {
        return new FakeLookahead() {
            @Override
            public double[] hypergradient(double[] weights, double[] priorities) {
                throw new UnsupportedOperationException("forum needs no second derivatives");
            }

            @Override
            public double[] lossesAfter(double[] weights, int steps) {
                assertEquals(5, steps);
                return new double[] {0.5, 0.9};
            }

            @Override
            public double[][] heldOutProducts(double[] weights) {
                return new double[][] {{4, 0, productWithFirst}, {0, 9, 0}, {productWithFirst, 0, 0.92}};
            }
        };
    }

    @Test
    void forumFollowsItsFormulas() {
        LossWeighting forum = Weightings.forum(0.1, 5, WeightOptimizer.sgd(1));
        FakeStep step = new FakeStep(1, 1).lookahead(forumLookahead(0));
        assertArrayEquals(new double[] {0.1, 0.1}, forum.weigh(step), 1e-12);
        assertArrayEquals(new double[] {0.25, 0.5 / 3}, forum.heldOutWeights(), 1e-12);
        double first = 2 / (1 + Math.exp(0.04)); // the logits have moved by ν q' = 0.1 (0.2, -0.2)
        double[] next = forum.weigh(step);
        assertEquals(first / (2 - first), next[0] / next[1], 1e-12);
    }

    @Test
    void forumKeepsTheConstraintWhereTheHeldOutLossesWorkAgainstIt() {
        // λ minimises with ν = 0.1 + 0.5 λ_1: 0.75 λ_1 - 0.05 = λ_2
        LossWeighting forum = Weightings.forum(0.1, 5, WeightOptimizer.sgd(1));
        assertArrayEquals(new double[] {0.4, 0.4}, forum.weigh(new FakeStep(1, 1).lookahead(forumLookahead(-1))), 1e-9);
        assertArrayEquals(new double[] {0.3, 0.4 / 3}, forum.heldOutWeights(), 1e-9);
    }

    @Test
    void normalizedForumScalesBothParts() {
        LossWeighting forum = Weightings.normalized(Weightings.forum());
        assertArrayEquals(new double[] {1, 1}, forum.weigh(new FakeStep(1, 1).lookahead(forumLookahead(0))), 1e-12);
        assertArrayEquals(new double[] {2.5, 5 / 3.0}, forum.heldOutWeights(), 1e-12);
    }

    @Test
    void forumRejectsWhatIsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> Weightings.forum(0, 5, WeightOptimizer.sgd(1)));
        assertMessage("inner steps = 0", () -> Weightings.forum(0.1, 0, WeightOptimizer.sgd(1)));
        assertEquals(0, Weightings.equal().heldOutWeights().length);
    }

    @Test
    void stateOfAnotherNumberOfTasksIsRejected() {
        MethodState two = Weightings.uncertainty().state();
        LossWeighting used = Weightings.uncertainty();
        used.weigh(new FakeStep(1, 1));
        LossWeighting other = Weightings.uncertainty();
        other.restore(used.state());
        assertMessage("2 tasks", () -> other.weigh(new FakeStep(1, 1, 1)));
        assertEquals(0, two.array("parameters").length);
        for (String name : List.of("dwa", "stch", "grad-norm", "famo", "imtl-l")) {
            LossWeighting method = Weightings.byName(name);
            method.weigh(new FakeStep(1, 1).gradients(new double[2][1]).epoch(1));
            method.weigh(new FakeStep(1, 1).gradients(new double[2][1]).epoch(2));
            FakeStep three = new FakeStep(1, 1, 1).gradients(new double[3][1]).epoch(3);
            assertMessage("2 tasks", () -> method.weigh(three));
        }
        MethodState torn = used.state().with("second-moments", 1);
        assertMessage("one for each task", () -> {
            Weightings.uncertainty().restore(torn);
            return null;
        });
    }
}
