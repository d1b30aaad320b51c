package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The usual head with a generator, made by {@link Tasks#gan} and {@link Tasks#wassersteinGan}. It needs no labels: every
 * example of its input is a real one. Immutable; each method with an argument gives a changed copy.
 *
 * @param critic the last layers of the critic, and its loss
 * @param noise number of elements of the generator's input, at least 1
 * @param network the generator: from a vector of noise to an example
 * @param gradientPenalty λ, at least 0
 * @param criticSteps after how many joint steps the generator makes one, at least 1
 * @param generatorRate the generator's learning rate as a multiple of the joint step's, above 0
 */
public record GanHead(
        TaskHead critic, int noise, LayerSpec network, double gradientPenalty, int criticSteps, double generatorRate)
        implements AdversarialHead {

    /** Checks the values. */
    public GanHead {
        Objects.requireNonNull(network, "generator");
        String prefix = "task \"" + critic.task().name() + "\": ";
        if (!(critic.format() instanceof CriticFormat)) {
            throw new IllegalArgumentException(prefix + "the critic's format is "
                    + critic.format().getClass().getSimpleName() + "; it must be CriticFormat");
        }
        Require.atLeast(prefix + "noise", noise, 1);
        Require.atLeast(prefix + "critic steps", criticSteps, 1);
        Require.nonNegative(prefix + "gradient penalty", gradientPenalty);
        Require.positive(prefix + "generator rate", generatorRate);
    }

    /**
     * {@return a copy whose critic's last layers are others}
     *
     * @param change what to do with them, such as {@code critic -> critic.hidden(64).dropout(0.3)}
     */
    public GanHead critic(UnaryOperator<TaskHead> change) {
        return new GanHead(change.apply(critic), noise, network, gradientPenalty, criticSteps, generatorRate);
    }

    /**
     * {@return a copy that reads one input of a model that has several}
     *
     * @param name the input's name
     */
    public GanHead input(String name) {
        return critic(head -> head.input(name));
    }

    /**
     * {@return a copy whose critic makes several steps for each of the generator's}
     *
     * @param steps how many, at least 1; 5 in the papers on Wasserstein nets
     */
    public GanHead criticSteps(int steps) {
        return new GanHead(critic, noise, network, gradientPenalty, steps, generatorRate);
    }

    /**
     * {@return a copy whose generator learns at a rate of its own (Heusel et al., NeurIPS 2017)}
     *
     * @param factor its learning rate as a multiple of the joint step's, above 0
     */
    public GanHead generatorRate(double factor) {
        return new GanHead(critic, noise, network, gradientPenalty, criticSteps, factor);
    }

    /**
     * {@return a copy whose critic pays for slopes other than 1}
     *
     * @param coefficient λ, at least 0; 10 in its paper
     */
    public GanHead gradientPenalty(double coefficient) {
        return new GanHead(critic, noise, network, coefficient, criticSteps, generatorRate);
    }

    @Override
    public Task task() {
        return critic.task();
    }

    @Override
    public Optional<String> input() {
        return critic.input();
    }

    @Override
    public LayerSpec generator(Shape example) {
        return network;
    }

    @Override
    public LayerSpec network(Shape representation) {
        return critic.network(representation);
    }

    @Override
    public LossFunction loss() {
        return critic.loss();
    }

    @Override
    public boolean needsLabels() {
        return false;
    }

    /** {@return 1 for each example: all of the input's are real} */
    @Override
    public INDArray targets(INDArray labels, INDArray features) {
        return Nd4j.ones(DataType.FLOAT, features.size(0), 1);
    }

    @Override
    public void checkLabels(INDArray labels, INDArray mask, long batch) {
        critic.checkLabels(labels, mask, batch);
    }

    @Override
    public INDArray activate(INDArray logits) {
        return critic.activate(logits);
    }

    @Override
    public List<TaskPrediction> decode(INDArray outputs, INDArray steps) {
        return critic.decode(outputs, steps);
    }
}
