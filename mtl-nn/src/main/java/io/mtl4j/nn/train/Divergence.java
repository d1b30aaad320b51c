package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.internal.NonFinite;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.StepPass;
import io.mtl4j.task.TaskSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds the task whose numbers are no longer finite. Losses and gradients do not always tell: rectifiers make 0 of NaN, and
 * layers that rest have no gradient, while batch normalisations take bad numbers into their running statistics.
 *
 * @param network the model's arithmetic
 * @param epoch the epoch, from 0
 * @param step the number of steps done before this one
 */
record Divergence(Network network, int epoch, long step) {

    private TaskSet tasks() {
        return network.architecture().tasks();
    }

    void requireFiniteFeatures(MultiTaskBatch batch) {
        batch.sources().forEach((input, source) -> {
            if (!finite(source.features())) {
                throw of(firstTask(input), bad(input, source.features()));
            }
        });
    }

    private static boolean finite(INDArray array) {
        return NonFinite.first(array) < 0;
    }

    private static String bad(String input, INDArray features) {
        int at = NonFinite.first(features);
        return "input \"" + input + "\" has a feature that is "
                + features.dup('c').data().getDouble(at) + ", in example "
                + at / (features.length() / features.size(0)) + " of the batch,";
    }

    /** Running statistics take in what a batch made of them on its way forward. */
    void requireFiniteStatistics(MultiTaskBatch batch) {
        for (String input : batch.sources().keySet()) {
            if (!finite(network.store().flatBuffers(network.architecture().indexOfInput(input)))) {
                throw of(firstTask(input), "running statistics of input \"" + input + "\" are not finite");
            }
        }
    }

    private int firstTask(String input) {
        int number = network.architecture().indexOfInput(input);
        for (int k = 0; k < tasks().size(); k++) {
            if (network.architecture().inputOf(k) == number) {
                return k;
            }
        }
        return 0;
    }

    void requireFiniteLosses(StepPass pass) {
        for (int k = 0; k < tasks().size(); k++) {
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
    void requireFiniteNorm(double norm, StepPass pass) {
        if (!Double.isFinite(norm)) {
            int worst = 0;
            for (int k = 1; k < tasks().size(); k++) {
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
        String name = tasks().get(task).name();
        return new TrainingDivergedException(
                name,
                "task \"" + name + "\": " + what + " in epoch " + epoch + " at step " + step
                        + "; the model is back at the last good epoch; lower the learning rate, clip the gradient,"
                        + " or look for bad values in the data");
    }
}
