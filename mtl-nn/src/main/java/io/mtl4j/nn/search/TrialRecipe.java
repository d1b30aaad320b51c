package io.mtl4j.nn.search;

import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.search.Configuration;

/**
 * What a configuration means: a fresh model and how it is trained.
 *
 * <pre>{@code
 * TrialRecipe recipe = (configuration, seed) -> {
 *     MultiTaskModel model = MultiTaskModel.builder()
 *             .input(Shape.vector(20))
 *             .encoder(Encoders.mlp().dense(configuration.integer("units")))
 *             .task(Tasks.binary("click"))
 *             .task(Tasks.binary("buy"))
 *             .seed(seed)
 *             .build();
 *     return Trainer.builder(model)
 *             .weighting(Weightings.byName(configuration.choice("weighting")))
 *             .optimizer(new Adam(configuration.real("lr")));
 * };
 * }</pre>
 */
@FunctionalInterface
public interface TrialRecipe {

    /**
     * {@return a trainer of a new model; the search sets its seed, the number of epochs and the checkpoints}
     *
     * <p>Called again when a trial goes on; it must give the same model and trainer then. May be called from several threads.
     *
     * @param configuration the values
     * @param seed for the model
     */
    TrainerBuilder trainer(Configuration configuration, long seed);
}
