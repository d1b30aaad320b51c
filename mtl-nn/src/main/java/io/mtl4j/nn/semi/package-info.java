/**
 * Learning from few labels: methods that also use examples without labels. All of them say what they know as labels, so that
 * the trainer, losses and sharing are the usual ones: a label may be missing (NaN), an example trains only the tasks that it
 * has labels for, and a label of a class may be a row of probabilities.
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>class</th><th>who labels</th><th>use it when</th></tr>
 * <tr><td>{@link io.mtl4j.nn.semi.SelfTraining}</td><td>the model of the round before</td>
 * <td>always worth the first try; any model</td></tr>
 * <tr><td>{@link io.mtl4j.nn.semi.CoTraining}</td><td>two models, from two views of an example, for each other</td>
 * <td>examples have two parts, each of which is enough</td></tr>
 * <tr><td>{@link io.mtl4j.nn.semi.MeanTeacher}</td><td>the average of the model's own past, step by step</td>
 * <td>there is noise that does not change the answer: augmentation, dropout</td></tr>
 * <tr><td>{@link io.mtl4j.nn.semi.MutualLearning}</td><td>two or more learners, for each other</td>
 * <td>also when all is labelled; learners of different build</td></tr>
 * <tr><td>{@link io.mtl4j.nn.semi.PseudoLabels}</td><td>any model or ensemble, once</td>
 * <td>labels of one task are wanted in the data of another (label transfer); distillation of an ensemble</td></tr>
 * </table>
 *
 * <p>{@link io.mtl4j.nn.semi.LabeledRows} keeps labelled examples from drowning among the others, {@link
 * io.mtl4j.nn.semi.RelabeledSource} gives a source other labels. None of this helps if the unlabelled examples come from
 * somewhere else than those to be judged, and all of it can make a bad model surer of itself: keep a validation set with true
 * labels.
 */
package io.mtl4j.nn.semi;
