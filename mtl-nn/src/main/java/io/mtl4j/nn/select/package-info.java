/**
 * Choosing how to model: is a figure more than luck, and which tasks belong into one model?
 *
 * <p>{@link io.mtl4j.nn.select.CrossValidation} trains and tests on k divisions of the data, stratified over the labels of
 * several tasks at once where some are missing, with preprocessing that is fitted to the training part alone:
 *
 * <pre>{@code
 * CrossValidationResult result = CrossValidation.folds(5)
 *         .stratified()
 *         .preparing(FoldPreparation.standardize())
 *         .seed(7)
 *         .run(data, recipe);
 * Spread auc = result.metric("click", "auc");
 * }</pre>
 *
 * <p>{@link io.mtl4j.nn.select.GroupedModel} is a model for each group of tasks, that answer as one. Groups come from what a
 * joint training tells of the tasks, see {@link io.mtl4j.grouping}:
 *
 * <pre>{@code
 * AffinityMeter meter = AffinityMeter.around(Weightings.equal()).every(10);
 * Trainer.builder(model).weighting(meter).epochs(3).build().fit(train);
 * TaskGrouping grouping = TaskGrouping.best(meter.affinity(model.tasks()), 2);
 * GroupedModel grouped = GroupedModel.train(grouping, train, 7, groupRecipe);
 * Evaluation together = Evaluator.evaluate(grouped, test);
 * }</pre>
 */
package io.mtl4j.nn.select;
