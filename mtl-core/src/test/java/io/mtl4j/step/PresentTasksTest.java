package io.mtl4j.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.step.Jacobian.ColumnRange;
import io.mtl4j.step.Jacobian.Granularity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The view of a step's present tasks. */
class PresentTasksTest {

    private final FakeStep step = new FakeStep(1, Double.NaN, 3)
            .jacobians(
                    new ArrayJacobian(new double[][] {{1, 2, 3}, {0, 0, 0}, {4, 5, 6}}, 0, 1, 2),
                    new ArrayJacobian(new double[][] {{1, 1, 1}, {0, 0, 0}, {2, 0, 1}}));
    private final PresentTasks view = PresentTasks.of(step);

    @Test
    void numbersThePresentTasksAnewAndKnowsTheirOldNumbers() {
        assertEquals(2, view.tasks());
        assertEquals(3, view.modelTasks());
        assertEquals(2, view.modelTask(1));
        assertEquals("task2", view.taskName(1));
        assertEquals(3, view.loss(1));
        assertTrue(view.present(0) && view.present(1));
        assertArrayEquals(new double[] {7, 0, 8}, view.scatter(new double[] {7, 8}));
        assertArrayEquals(new double[] {7, 9}, view.gather(new double[] {7, 8, 9}));
    }

    @Test
    void hasTheirRowsOfEveryJacobian() {
        Jacobian jacobian = view.jacobian();
        assertEquals(2, jacobian.rows());
        assertEquals(3, jacobian.columns());
        assertArrayEquals(new double[] {4, 5, 6}, jacobian.row(1));
        assertArrayEquals(new double[][] {{14, 32}, {32, 77}}, jacobian.gramian());
        assertArrayEquals(new double[][] {{6, 5}, {15, 14}}, jacobian.products(view.jacobian(1)));
        assertThrows(IllegalArgumentException.class, () -> jacobian.products(step.jacobian(1)));
        assertArrayEquals(new double[] {9, 12, 15}, jacobian.combine(new double[] {1, 2}));
        assertArrayEquals(new double[] {2, 3}, jacobian.slice(1, 3).row(0));
        assertEquals(
                List.of(new ColumnRange("group0", 0, 2), new ColumnRange("group1", 2, 3)),
                jacobian.groups(Granularity.LAYER));
    }

    @Test
    void someColumnsOfItAreAViewToo() {
        Jacobian part = view.columns(1, 3).jacobian();
        assertArrayEquals(new double[] {5, 6}, part.row(1));
        assertArrayEquals(new double[][] {{13, 28}, {28, 61}}, part.gramian());
        assertEquals(2, view.columns(1, 3).modelTask(1));
    }

    @Test
    void aViewOfAViewKeepsTheModelsNumbers() {
        PresentTasks again = PresentTasks.of(view);
        assertEquals(2, again.modelTask(1));
        assertEquals(3, again.modelTasks());
        assertEquals(77, again.jacobian().gramian()[1][1]);
    }

    @Test
    void looksAheadForThePresentTasksOnly() {
        step.lookahead(new Lookahead() {
            @Override
            public double[] hypergradient(double[] weights, double[] priorities) {
                return new double[] {weights[0], weights[1], priorities[2]};
            }

            @Override
            public double[] lossesAfter(double[] weights, int steps) {
                return new double[] {steps, Double.NaN, weights[2]};
            }

            @Override
            public double[] lossesAfterSharedStep(double[] weights) {
                return new double[] {-weights[0], Double.NaN, -weights[2]};
            }

            @Override
            public double[][] heldOutProducts(double[] weights) {
                return new double[][] {{1, 2, 3, 4}, {2, 5, 6, 7}, {3, 6, 8, 9}, {4, 7, 9, weights[1] + weights[2]}};
            }
        });
        Lookahead lookahead = view.lookahead();
        assertArrayEquals(new double[] {5, 9}, lookahead.hypergradient(new double[] {5, 6}, new double[] {8, 9}));
        assertArrayEquals(new double[] {4, 6}, lookahead.lossesAfter(new double[] {5, 6}, 4));
        assertArrayEquals(new double[] {-5, -6}, lookahead.lossesAfterSharedStep(new double[] {5, 6}));
        assertArrayEquals(
                new double[][] {{1, 3, 4}, {3, 8, 9}, {4, 9, 6}}, lookahead.heldOutProducts(new double[] {5, 6}));
    }
}
