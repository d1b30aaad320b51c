/**
 * Ensembles: several models that answer as one, and mostly better than any of them. An {@link
 * io.mtl4j.nn.ensemble.Ensemble} is a {@link io.mtl4j.nn.model.Predictor}, so whatever predicts or evaluates with a model does
 * so with an ensemble.
 *
 * <p>Where members come from:
 *
 * <ul>
 *   <li>{@link io.mtl4j.nn.ensemble.Ensembles#seeds}: the same training with other seeds; the usual choice
 *   <li>{@link io.mtl4j.nn.ensemble.Ensembles#bagging}: each member has a {@link io.mtl4j.nn.ensemble.Bootstrap} sample of the
 *       data
 *   <li>{@link io.mtl4j.nn.ensemble.SnapshotEnsemble}: one training only, with a learning rate that goes down several times
 *   <li>any models with the same inputs and tasks: {@code new Ensemble(models, ...)}
 * </ul>
 *
 * <p>How their answers become one is a {@link io.mtl4j.nn.ensemble.Combination}: {@link io.mtl4j.nn.ensemble.Average} of
 * probabilities and values; {@link io.mtl4j.nn.ensemble.Vote}, which members that are too sure of themselves cannot outshout;
 * {@link io.mtl4j.nn.ensemble.Stacking}, which learns from examples of their own how much to trust whom, and pays when members
 * differ in quality.
 *
 * <pre>{@code
 * Ensemble ensemble = Ensembles.seeds(5, train, 7, recipe);
 * Evaluation together = Evaluator.evaluate(ensemble, test);
 * EnsembleFiles.save(ensemble, folder);
 * }</pre>
 *
 * <p>Predicting costs as much as all members together.
 */
package io.mtl4j.nn.ensemble;
