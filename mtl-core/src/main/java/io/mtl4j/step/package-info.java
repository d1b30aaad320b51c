/**
 * What a multi-task method may see of one training step, and the state it may keep.
 *
 * <p>A {@link io.mtl4j.step.TrainingStep} hands a method the losses of the K tasks and, when the method asks for them
 * with a {@link io.mtl4j.step.Requirement}, the Jacobian of the shared parameters or of the shared
 * representation, losses after the update, or a look-ahead on held-out data. Whatever a method remembers between steps is a {@link io.mtl4j.step.MethodState}, so that
 * a checkpoint can resume it bit for bit.
 */
package io.mtl4j.step;
