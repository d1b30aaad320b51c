/**
 * HOW TASKS SHARE: a {@link io.mtl4j.nn.sharing.Sharing} makes one representation a task out of one encoder. {@link
 * io.mtl4j.nn.sharing.HardSharing} gives all tasks the same; the others make several copies of the encoder, the experts,
 * and let a gate choose for each task and example how much of each it takes. {@link io.mtl4j.nn.sharing.Sharings} makes
 * them:
 *
 * <pre>{@code
 * MultiTaskModel.builder()
 *         .input(Shape.vector(20))
 *         .encoder(Encoders.mlp().dense(64))
 *         .sharing(Sharings.mmoe(4))
 *         .task(Tasks.binary("click"))
 *         .task(Tasks.binary("buy"))
 *         .build();
 * }</pre>
 *
 * <p>{@link io.mtl4j.nn.sharing.Mmoe} shares all experts, so that tasks can still do each other harm, but choose; {@link
 * io.mtl4j.nn.sharing.Cgc} also gives each task experts of its own. Any encoder will do; the arithmetic of a step is that of
 * hard sharing times the number of experts.
 *
 * <p>Which parameters are shared decides what methods for conflicting gradients see: those whose value changes the loss of
 * one task alone belong to that task ({@link io.mtl4j.nn.layer.Parameter#owner()}).
 */
package io.mtl4j.nn.sharing;
