/**
 * Hyper-parameter search: which learning rate, how many units, which weighting? A {@link io.mtl4j.search.SearchSpace} says what
 * may be chosen, a {@link io.mtl4j.nn.search.TrialRecipe} what a configuration means, an {@link io.mtl4j.nn.search.Objective} what
 * is good, and a {@link io.mtl4j.search.SearchStrategy} what to try next; see {@link io.mtl4j.search} for which to take.
 *
 * <pre>{@code
 * SearchSpace space = SearchSpace.builder()
 *         .logUniform("lr", 1e-4, 1e-1)
 *         .logInteger("units", 8, 128)
 *         .choice("weighting", "equal", "uncertainty")
 *         .build();
 * TrialRecipe recipe = (configuration, seed) -> {
 *     MultiTaskModel model = MultiTaskModel.builder()
 *             .input(Shape.vector(4))
 *             .encoder(Encoders.mlp().dense(configuration.integer("units")))
 *             .task(Tasks.regression("a", 1))
 *             .task(Tasks.classification("b", 3))
 *             .seed(seed)
 *             .build();
 *     return Trainer.builder(model)
 *             .weighting(Weightings.byName(configuration.choice("weighting")))
 *             .optimizer(new Adam(configuration.real("lr")));
 * };
 * SearchResult result = HyperparameterSearch.over(space)
 *         .by(new Hyperband(9))
 *         .objective(Objective.metric("b", "accuracy"))
 *         .seed(7)
 *         .run(train, validation, recipe);
 * System.out.println(result.table(5));
 * }</pre>
 *
 * <p>The search is a file of results that is appended to; one that was killed goes on, and ends as if it had not been. The best
 * result was chosen by the validation data: test {@link io.mtl4j.nn.search.SearchResult#model()} on other data before you believe
 * its figure.
 */
package io.mtl4j.nn.search;
