package io.mtl4j.aggregation;

import io.mtl4j.step.Jacobian;
import io.mtl4j.step.PresentTasks;
import io.mtl4j.step.TrainingStep;
import java.util.function.Function;

/** Reads gradients, and refuses those that are no numbers. */
final class Gradients {

    private Gradients() {}

    /** Lets a rule see the present tasks only, and gives absent tasks weight 0. */
    static UpdateDirection ofPresent(TrainingStep step, Function<PresentTasks, UpdateDirection> rule) {
        PresentTasks present = PresentTasks.of(step);
        if (present.tasks() == 0) {
            return new UpdateDirection.Weights(new double[step.tasks()]);
        }
        UpdateDirection direction = rule.apply(present);
        if (direction instanceof UpdateDirection.Weights found) {
            return new UpdateDirection.Weights(present.scatter(found.weights()));
        }
        return direction;
    }

    /** The Gramian of the step's gradients. */
    static double[][] gramian(TrainingStep step) {
        return gramian(step.jacobian(), step);
    }

    /** The Gramian of some gradients of the step's tasks. */
    static double[][] gramian(Jacobian jacobian, TrainingStep step) {
        double[][] gramian = jacobian.gramian();
        for (int k = 0; k < gramian.length; k++) {
            requireFinite(gramian[k][k], k, step);
        }
        return gramian;
    }

    /** All rows on the host, {@code [K][D]}. */
    static double[][] rows(TrainingStep step) {
        Jacobian jacobian = step.jacobian();
        double[][] rows = new double[jacobian.rows()][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = jacobian.row(k);
            for (double entry : rows[k]) {
                requireFinite(entry, k, step);
            }
        }
        return rows;
    }

    private static void requireFinite(double value, int task, TrainingStep step) {
        if (!Double.isFinite(value)) {
            throw new ArithmeticException("task \"" + step.taskName(task) + "\": its gradient at step " + step.step()
                    + " is NaN, infinite or too large to square, its loss is " + step.loss(task)
                    + "; lower the learning rate, clip gradients, or look for log(0) or 0/0 in its loss");
        }
    }

    /** {@code Σ w_k g_k}, {@code [D]}. */
    static double[] combine(double[] weights, double[][] rows) {
        double[] direction = new double[rows[0].length];
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < direction.length; i++) {
                direction[i] += weights[k] * rows[k][i];
            }
        }
        return direction;
    }
}
