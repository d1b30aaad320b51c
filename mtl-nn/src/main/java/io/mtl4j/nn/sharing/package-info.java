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
 * io.mtl4j.nn.sharing.Cgc} also gives each task experts of its own, and {@link io.mtl4j.nn.sharing.Ple} does so at every stage
 * of the encoder. {@link io.mtl4j.nn.sharing.DSelectK} lets each task learn which few experts it takes. Any encoder will do;
 * the arithmetic of a step is that of hard sharing times the number of experts.
 *
 * <p>{@link io.mtl4j.nn.sharing.Branching} learns at which stage tasks part, and {@link io.mtl4j.nn.sharing.Tree} trains what
 * it found. With one encoder, {@link io.mtl4j.nn.sharing.TaskAttention} lets each task look at other positions of its output,
 * and {@link io.mtl4j.nn.sharing.Care} lets branches of the tasks look at each other.
 *
 * <p>{@link io.mtl4j.nn.sharing.Trunk#choices} tells what each task took of what there was; {@code
 * io.mtl4j.nn.evaluate.SharingReport} sums it up over a data set.
 *
 * <p>Others take the encoder apart into its {@linkplain io.mtl4j.nn.encoder.Encoder#stages stages}. {@link
 * io.mtl4j.nn.sharing.SoftSharing} gives each task an encoder and pulls them towards each other; {@link
 * io.mtl4j.nn.sharing.CrossStitch} and {@link io.mtl4j.nn.sharing.Sluice} let such encoders read one another behind each
 * stage. {@link io.mtl4j.nn.sharing.Hierarchical}, {@link io.mtl4j.nn.sharing.Mtan} and {@link io.mtl4j.nn.sharing.Adapters}
 * have one encoder, which tasks read at different depths, through masks, or with small blocks of their own.
 *
 * <p>Which parameters are shared decides what methods for conflicting gradients see: those whose value changes the loss of
 * one task alone belong to that task ({@link io.mtl4j.nn.layer.Parameter#owner()}).
 */
package io.mtl4j.nn.sharing;
