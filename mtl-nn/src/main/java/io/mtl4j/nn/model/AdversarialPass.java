package io.mtl4j.nn.model;

import io.mtl4j.nn.head.LossFunction;
import io.mtl4j.nn.layer.Seed;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What belongs to the loss of an adversarial task besides that of the real examples: the loss of as many generated ones, and
 * the gradient penalty. Each part has a way of its own through encoder and head.
 */
final class AdversarialPass {

    private final List<SourcePass> passes = new ArrayList<>();
    private final int task;
    private double value;

    private AdversarialPass(int task) {
        this.task = task;
    }

    /**
     * Runs generated examples forward.
     *
     * @param network the network
     * @param generator the generator of an adversarial task
     * @param real the real examples
     * @param fake as many generated ones
     * @param seed for dropout and the places of the penalty
     * @param training whether dropout and batch statistics are in use
     */
    static AdversarialPass of(
            Network network, BoundGenerator generator, INDArray real, INDArray fake, Seed seed, boolean training) {
        AdversarialPass result = new AdversarialPass(generator.task());
        LossFunction loss = generator.head().loss();
        SourcePass pass = network.aside(generator.input(), seed.child(1), training);
        pass.forward(fake, generator.task(), logits -> loss.evaluate(logits, labels(0, logits), null));
        result.add(pass, pass.result(generator.task()).value());
        if (generator.head().gradientPenalty() > 0) {
            GradientPenalty penalty = GradientPenalty.of(network, generator, real, fake, seed.child(2), training);
            result.add(penalty.ahead(), penalty.value());
            result.add(penalty.behind(), 0);
        }
        return result;
    }

    /** The labels that tell real (1) from generated (0). */
    static INDArray labels(int label, INDArray logits) {
        return Nd4j.valueArrayOf(logits.shape(), (double) label, DataType.FLOAT);
    }

    private void add(SourcePass pass, double more) {
        passes.add(pass);
        value += more;
    }

    /** What is added to the loss of the real examples. */
    double value() {
        return value;
    }

    /** Adds the gradient, times a weight, to the flat gradient. */
    void addTo(Gradients gradients, double weight) {
        for (SourcePass pass : passes) {
            pass.backward(task, gradients.extraViews());
            gradients.addExtra(weight);
        }
    }

    /** Adds the gradient to the task's row of the Jacobian, and to its own parameters' in the flat gradient. */
    void addToRow(Gradients gradients) {
        for (SourcePass pass : passes) {
            pass.backward(task, gradients.extraViews());
            gradients.addExtraToRow(task);
        }
    }

    /** A result that is no loss: the sum of the logits, weighted. */
    static LossFunction.Result weighted(INDArray logits, INDArray weights) {
        return new LossFunction.Result(0, weights.reshape('c', logits.shape()), logits.size(0));
    }
}
