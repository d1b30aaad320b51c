package io.mtl4j.nn.ensemble;

import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.model.MultiTaskModel;

/**
 * How a fresh model is made and trained, as often as wanted:
 *
 * <pre>{@code
 * ModelRecipe recipe = (train, seed) -> {
 *     MultiTaskModel model = MultiTaskModel.builder()
 *             .input(Shape.vector(20))
 *             .encoder(Encoders.mlp().dense(64))
 *             .task(Tasks.binary("click"))
 *             .seed(seed)
 *             .build();
 *     Trainer.builder(model).epochs(20).seed(seed).build().fit(train);
 *     return model;
 * };
 * }</pre>
 */
@FunctionalInterface
public interface ModelRecipe {

    /**
     * {@return a new model, trained}
     *
     * @param train the data to train on
     * @param seed for the model and its trainer, so that recipes with the same seed give the same model
     */
    MultiTaskModel train(MultiTaskData train, long seed);
}
