package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.step.Jacobian;
import io.mtl4j.step.PresentTasks;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
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

    /** The products of rows with each other, {@code [K][K]}. */
    static double[][] products(double[][] rows) {
        double[][] products = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = Matrices.dot(rows[i], rows[j]);
                products[j][i] = products[i][j];
            }
        }
        return products;
    }

    /** The products {@code J₁ J₂ᵀ} of two batches that are independent of this step's and of each other. */
    static double[][] doubleSample(TrainingStep step) {
        double[][] products = step.jacobian(1).products(step.jacobian(2));
        for (int k = 0; k < products.length; k++) {
            requireFinite(products[k][k], k, step);
        }
        return products;
    }

    /** {@code Σ |w_k| |g_k|}, the natural size of {@code Σ w_k g_k}. */
    static double lengthApart(double[] weights, double[][] gramian) {
        double length = 0;
        for (int k = 0; k < weights.length; k++) {
            length += Math.abs(weights[k]) * Math.sqrt(gramian[k][k]);
        }
        return length;
    }

    /** A task's loss, which must be a number. */
    static double loss(int task, TrainingStep step) {
        double loss = step.loss(task);
        if (!Double.isFinite(loss)) {
            throw new ArithmeticException("task \"" + step.taskName(task) + "\": its loss at step " + step.step()
                    + " is " + loss + "; lower the learning rate, or look for log(0) or 0/0 in it");
        }
        return loss;
    }

    /** {@code exp(x_k) / Σ exp(x_j)}. */
    static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElse(0);
        double[] exponentials =
                Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).toArray();
        return Matrices.scale(1 / Matrices.sum(exponentials), exponentials);
    }
}
