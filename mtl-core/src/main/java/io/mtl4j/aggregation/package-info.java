/**
 * GRADIENT AGGREGATION: an {@link io.mtl4j.aggregation.Aggregator} turns the K gradients of the shared parameters into
 * one direction d; the update goes along {@code -d}.
 *
 * <p>With the sum of the losses, a task with a long gradient rules, and where gradients conflict (a negative inner
 * product) a step that helps one task harms another. The methods here differ in what they do about that; {@link
 * io.mtl4j.aggregation.Aggregations} makes them and has a table of which to use when. In a trainer:
 *
 * <pre>{@code
 * Trainer.builder(model).aggregation(Aggregations.upGrad())
 * Trainer.builder(model).aggregation(Aggregations.caGrad().withC(0.3))
 * Trainer.builder(model).aggregation(Aggregations.perLayer(Aggregations::mgda))
 * Trainer.builder(model).aggregation(Aggregations.mgdaUb())
 * Trainer.builder(model).aggregation(Aggregations.onRepresentation(Aggregations.upGrad()))
 * Trainer.builder(model).aggregation(Aggregations.byName("nash-mtl"))
 * Trainer.builder(model).aggregation(Aggregations.byName("pcgrad-per-layer"))
 * }</pre>
 *
 * <p><b>How a method works.</b> J is the K x D matrix of the gradients, {@code G = J Jᵀ} their Gramian. Nearly all
 * methods are functions of G, K x K numbers in double precision, and answer with K weights: they are {@link
 * io.mtl4j.aggregation.GramianAggregator}s, cheap whatever the size of the network. The others read the gradients and
 * may answer with a vector. A method that remembers something is {@link io.mtl4j.step.Stateful}: a checkpoint takes its
 * state along.
 *
 * <p><b>What holds for all.</b>
 *
 * <ul>
 *   <li>Every answer is finite, and defined for one task, for zero, identical, opposite and dependent gradients; the
 *       class says what it is.
 *   <li>A NaN or infinite gradient raises an {@link ArithmeticException} that names the task.
 *   <li>No absolute constants: gradients in other units give the same answer in those units, as each class says.
 *   <li>Permuting the tasks permutes the answer, but where the order of the tasks is drawn at random.
 *   <li>The same state, step and random numbers give the same answer to the last bit.
 * </ul>
 *
 * <p><b>Absent tasks.</b> A task without labelled examples in a step does not exist for the method: the step is looked
 * at through {@link io.mtl4j.step.PresentTasks}, absent tasks get weight 0, and what is remembered of them stays as it
 * was. What is remembered, and what a user gives per task (weights, a {@link io.mtl4j.aggregation.Preference}), is
 * numbered as in the model.
 *
 * <p><b>A method of your own</b> that works on the Gramian is one function:
 *
 * <pre>{@code
 * record EqualLengths() implements GramianAggregator {
 *     public String name() {
 *         return "equal-lengths";
 *     }
 *
 *     public double[] weights(double[][] gramian, TrainingStep step) {
 *         double[] weights = new double[gramian.length];
 *         for (int k = 0; k < weights.length; k++) {
 *             weights[k] = gramian[k][k] > 0 ? 1 / Math.sqrt(gramian[k][k]) : 0;
 *         }
 *         return weights;
 *     }
 * }
 * }</pre>
 *
 * <p>One that needs the gradients implements {@link io.mtl4j.aggregation.Aggregator}, and looks at the step through
 * {@code PresentTasks.of(step)} first.
 */
package io.mtl4j.aggregation;
