/**
 * TRANSFER AND CONTINUAL LEARNING: what a trained model knows goes into another one, and stays there while it learns something
 * new.
 *
 * <h2>Starting from a trained model</h2>
 *
 * {@link io.mtl4j.nn.transfer.Transfer} copies what fits by name, shape and kind, and reports what it did:
 *
 * <pre>{@code
 * TransferReport report = Transfer.from(trained).to(model);
 * System.out.println(report.table());
 * }</pre>
 *
 * <p>A new model with the encoder of a model file is one line. How much of it learns further says the training: nothing below
 * the second layer, one layer more at a time from the top down, or all, but slower towards the input:
 *
 * <pre>{@code
 * MultiTaskModel model = Transfer.from(file).model(m -> m.task(Tasks.binary("loop")));
 *
 * Trainer.builder(model).schedule(Schedules.frozenBelow(1));
 * Trainer.builder(model).schedule(Schedules.unfreezing(2));
 * Trainer.builder(model).layerDecay(0.7);
 * }</pre>
 *
 * <p>A schedule leaves parameters as they are, but running statistics of batch normalisations follow the new data in training.
 * Where the encoder shall be exactly the old one, statistics and all, freeze it in the model, with small adapters to learn in
 * its place:
 *
 * <pre>{@code
 * MultiTaskModel model = Transfer.from(file)
 *         .model(m -> m.sharing(Sharings.adapters(8).frozen()).task(Tasks.binary("loop")));
 * }</pre>
 *
 * <h2>Adding a task without forgetting the others</h2>
 *
 * {@link io.mtl4j.nn.transfer.Transfer#plus} makes a model of the old tasks and a new one. Trained on the new task's data alone,
 * it forgets the old ones: the encoder moves away under their heads.
 *
 * <table>
 * <caption>What holds it</caption>
 * <tr><th>class</th><th>what it does</th><th>needs of the old data</th></tr>
 * <tr><td>{@link io.mtl4j.nn.transfer.Distillation}</td><td>old tasks learn what the old model says of the new inputs</td>
 * <td>nothing; try it first</td></tr>
 * <tr><td>{@link io.mtl4j.nn.transfer.RehearsalMemory}</td><td>a few old examples are learned again</td>
 * <td>these few, for good</td></tr>
 * <tr><td>{@link io.mtl4j.nn.transfer.Anchor} with {@link io.mtl4j.nn.transfer.Fisher}</td>
 * <td>parameters that matter to old tasks are pulled back (EWC)</td><td>once, before they go</td></tr>
 * <tr><td>{@link io.mtl4j.nn.transfer.Anchor} alone</td><td>all parameters are pulled back (L2-SP)</td><td>nothing</td></tr>
 * <tr><td>{@code Schedules.frozenBelow(layers)}</td><td>the encoder rests; the new task gets what it has</td>
 * <td>nothing; nothing is forgotten, least is learned</td></tr>
 * </table>
 *
 * <pre>{@code
 * MultiTaskModel model = Transfer.from(trained).plus(Tasks.classification("clothes", 10));
 * Distillation.of(trained).train(model, clothes, m -> Trainer.builder(m).epochs(10));
 * }</pre>
 *
 * <p>They can be combined, as a penalty, a data source and a training: {@code
 * memory.beside(clothes, 0.25)} may be distilled, and its trainer have a {@code penalty(anchor.penalty(m, 100))}. Trainers want
 * labels of every task in the data; where a task shall have none, {@link io.mtl4j.nn.transfer.Unlabeled} says so.
 */
package io.mtl4j.nn.transfer;
