package io.mtl4j.nn.train;

import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.task.TaskSet;

/**
 * Finds the task whose numbers are no longer finite.
 *
 * @param tasks the model's tasks
 * @param epoch the epoch, from 0
 * @param step the number of steps done before this one
 */
record Divergence(TaskSet tasks, int epoch, long step) {

    void requireFiniteLosses(BatchPass pass) {
        for (int k = 0; k < tasks.size(); k++) {
            if (pass.present(k) && !Double.isFinite(pass.loss(k))) {
                throw of(k, "loss is " + pass.loss(k));
            }
        }
    }

    void requireFiniteGradients(double[][] gramian) {
        for (int k = 0; k < gramian.length; k++) {
            if (!Double.isFinite(gramian[k][k])) {
                throw of(k, "gradient is not finite");
            }
        }
    }

    /** The task with the greatest loss is the likeliest cause where only the sum of gradients is known. */
    void requireFiniteNorm(double norm, BatchPass pass) {
        if (!Double.isFinite(norm)) {
            int worst = 0;
            for (int k = 1; k < tasks.size(); k++) {
                if (pass.present(k) && !(pass.loss(k) <= pass.loss(worst))) {
                    worst = k;
                }
            }
            throw of(worst, "gradient norm is " + norm);
        }
    }

    void requireFiniteGenerator(int task, double loss) {
        if (!Double.isFinite(loss)) {
            throw of(task, "the generator's loss is " + loss);
        }
    }

    private TrainingDivergedException of(int task, String what) {
        String name = tasks.get(task).name();
        return new TrainingDivergedException(
                name,
                "task \"" + name + "\": " + what + " in epoch " + epoch + " at step " + step
                        + "; the model is back at the last good epoch; lower the learning rate, clip the gradient,"
                        + " or look for bad values in the data");
    }
}
