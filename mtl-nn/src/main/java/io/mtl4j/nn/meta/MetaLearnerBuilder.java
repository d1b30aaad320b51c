package io.mtl4j.nn.meta;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.GradientClipping;
import io.mtl4j.nn.train.Optimizer;
import io.mtl4j.schedule.LearningRate;
import java.util.Objects;
import java.util.function.Consumer;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Builds a {@link MetaLearner}. Unless set: Adam at 1e-3, a constant learning rate, no clipping, 4 episodes in a step, 1000
 * steps, seed 0.
 */
public final class MetaLearnerBuilder {

    private final MultiTaskModel model;
    private final MetaMethod method;
    private final Adaptation adaptation;
    private Optimizer optimizer = Optimizer.of(new Adam(1e-3));
    private LearningRate learningRate = LearningRate.constant();
    private GradientClipping clipping = GradientClipping.none();
    private int episodes = 4;
    private int steps = 1000;
    private long seed;
    private Consumer<MetaStep> listener = step -> {};

    MetaLearnerBuilder(MultiTaskModel model, MetaMethod method, Adaptation adaptation) {
        this.model = Objects.requireNonNull(model, "model");
        this.method = method;
        this.adaptation = adaptation;
    }

    /**
     * Sets what moves the initial parameters, as {@link #optimizer(Optimizer)} does.
     *
     * @param value any updater of DL4J
     * @return this
     */
    public MetaLearnerBuilder optimizer(IUpdater value) {
        return optimizer(Optimizer.of(value));
    }

    /**
     * Sets what moves the initial parameters. The inner steps are plain descent in any case.
     *
     * @param value the optimiser
     * @return this
     */
    public MetaLearnerBuilder optimizer(Optimizer value) {
        this.optimizer = value;
        return this;
    }

    /**
     * Sets the curve of the optimiser's learning rate.
     *
     * @param value the curve
     * @return this
     */
    public MetaLearnerBuilder learningRate(LearningRate value) {
        this.learningRate = value;
        return this;
    }

    /**
     * Sets a bound on the gradient with respect to the initial parameters.
     *
     * @param value the bound
     * @return this
     */
    public MetaLearnerBuilder clipping(GradientClipping value) {
        this.clipping = value;
        return this;
    }

    /**
     * Sets the number of episodes whose mean gradient makes a step.
     *
     * @param value at least 1
     * @return this
     */
    public MetaLearnerBuilder episodes(int value) {
        this.episodes = value;
        return this;
    }

    /**
     * Sets the number of steps.
     *
     * @param value at least 1
     * @return this
     */
    public MetaLearnerBuilder steps(int value) {
        this.steps = value;
        return this;
    }

    /**
     * Sets the seed from which episodes and dropout come.
     *
     * @param value the seed
     * @return this
     */
    public MetaLearnerBuilder seed(long value) {
        this.seed = value;
        return this;
    }

    /**
     * Sets who hears of each step as it is done.
     *
     * @param value the listener
     * @return this
     */
    public MetaLearnerBuilder listener(Consumer<MetaStep> value) {
        this.listener = value;
        return this;
    }

    /**
     * {@return the learner}
     *
     * @throws IllegalArgumentException if a value is out of its range, the method cannot do with the adaptation, or a task has a
     *     generator
     */
    public MetaLearner build() {
        return new MetaLearner(
                model,
                new MetaConfig(method, adaptation, optimizer, learningRate, clipping, episodes, steps, seed, listener));
    }
}
