package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A branch or a task that chooses its parent among the branches of a stage.
 *
 * @param name its name among the {@link SharingChoice choices}
 * @param scores how much each parent is wanted, {@code [branches]}
 */
record BranchReader(String name, Parameter scores) {

    /** All weight on the parent with the largest score. */
    double[] decided(Pass pass) {
        double[] of = pass.value(scores).toDoubleVector();
        int best = IntStream.range(0, of.length).reduce(0, (i, j) -> of[j] > of[i] ? j : i);
        double[] weights = new double[of.length];
        weights[best] = 1;
        return weights;
    }

    /** A sample of the Gumbel-softmax. */
    double[] sampled(Pass pass, double temperature, RandomGenerator random) {
        double[] noisy = pass.value(scores).toDoubleVector();
        for (int j = 0; j < noisy.length; j++) {
            noisy[j] = (noisy[j] - Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1)))) / temperature;
        }
        return softmax(noisy);
    }

    /** How probable each parent is in training. */
    double[] probabilities(Pass pass) {
        return softmax(pass.value(scores).toDoubleVector());
    }

    private static double[] softmax(double[] scores) {
        double most = Arrays.stream(scores).max().orElseThrow();
        double[] powers = Arrays.stream(scores).map(s -> Math.exp(s - most)).toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(p -> p / sum).toArray();
    }

    /** Assigns the gradient of the scores, from the weights that were sampled and their gradient. */
    void backward(double[] weights, double[] gradient, double temperature, Pass pass) {
        double mean = 0;
        for (int j = 0; j < weights.length; j++) {
            mean += weights[j] * gradient[j];
        }
        double[] ofScores = new double[weights.length];
        for (int j = 0; j < weights.length; j++) {
            ofScores[j] = weights[j] * (gradient[j] - mean) / temperature;
        }
        pass.gradient(scores)
                .assign(Nd4j.createFromArray(ofScores)
                        .castTo(pass.gradient(scores).dataType()));
    }
}
