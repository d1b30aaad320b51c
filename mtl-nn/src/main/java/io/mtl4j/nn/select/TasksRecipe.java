package io.mtl4j.nn.select;

import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.List;

/**
 * How a fresh model of some tasks is made and trained: all of them, a group, or one alone.
 *
 * <pre>{@code
 * TasksRecipe recipe = (tasks, train, seed) -> {
 *     ModelBuilder builder = MultiTaskModel.builder()
 *             .input(Shape.vector(20))
 *             .encoder(Encoders.mlp().dense(64))
 *             .seed(seed);
 *     tasks.forEach(task -> builder.task(Tasks.binary(task)));
 *     MultiTaskModel model = builder.build();
 *     Trainer.builder(model).epochs(20).seed(seed).build().fit(train);
 *     return model;
 * };
 * }</pre>
 */
@FunctionalInterface
public interface TasksRecipe {

    /**
     * {@return a new model, trained}
     *
     * @param tasks the names of the model's tasks, in order
     * @param train the data to train on, with the labels of these tasks only
     * @param seed for the model and its trainer, so that recipes with the same seed give the same model
     */
    MultiTaskModel train(List<String> tasks, MultiTaskData train, long seed);
}
