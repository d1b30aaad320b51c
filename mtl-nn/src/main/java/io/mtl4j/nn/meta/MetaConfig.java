package io.mtl4j.nn.meta;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.train.GradientClipping;
import io.mtl4j.nn.train.Optimizer;
import io.mtl4j.nn.train.TrainingDivergedException;
import io.mtl4j.schedule.LearningRate;
import java.util.Objects;
import java.util.function.Consumer;

/** All settings of a {@link MetaLearner}, as {@link MetaLearnerBuilder} explains them. */
record MetaConfig(
        MetaMethod method,
        Adaptation adaptation,
        Optimizer optimizer,
        LearningRate learningRate,
        GradientClipping clipping,
        int episodes,
        int steps,
        long seed,
        Consumer<MetaStep> listener) {

    MetaConfig {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(adaptation, "adaptation");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(learningRate, "learningRate");
        Objects.requireNonNull(clipping, "clipping");
        Objects.requireNonNull(listener, "listener");
        Require.atLeast("meta-learning: episodes of a step", episodes, 1);
        Require.atLeast("meta-learning: steps", steps, 1);
    }

    TrainingDivergedException diverged(String task, int step, double norm) {
        return new TrainingDivergedException(
                task,
                "meta-learning by " + method.name() + ": gradient norm is " + norm + " at step " + step
                        + "; the model is as before the step; lower the learning rate or that of the adaptation, or clip"
                        + " the gradient");
    }
}
