/**
 * Training: {@link io.mtl4j.nn.train.Trainer} is the only loop. A step runs the batch forward once, asks the loss weighting
 * or the gradient aggregator how the tasks go together, and lets the {@link io.mtl4j.nn.train.Optimizer} update the flat
 * vector of parameters.
 *
 * <p>Everything random comes from the trainer's seed; what happens is told to {@linkplain
 * io.mtl4j.event.TrainingListener listeners}; the {@link io.mtl4j.nn.train.TrainingResult} has the history, which {@link
 * io.mtl4j.nn.train.LearningCurves} draws and {@link io.mtl4j.nn.train.RunFiles} writes down; a {@link
 * io.mtl4j.nn.train.GradientDiagnostics} watches for tasks in conflict. A {@link io.mtl4j.nn.train.BatchTransform} changes each batch
 * before its step, in the light of what has been learned so far.
 *
 * <p>Steps are computed in this process unless an {@link io.mtl4j.nn.train.Execution} says otherwise: then losses and gradients come
 * from elsewhere, by a {@link io.mtl4j.nn.train.ForwardPass}, or whole steps do, by {@link io.mtl4j.nn.train.StepRounds}, which a
 * {@link io.mtl4j.nn.train.StepWorker} there carries out; the loop stays here.
 *
 * <p>What trains in a step is told by a {@linkplain io.mtl4j.schedule.TrainingSchedule schedule}; what rests keeps its values
 * and the optimiser's memory exactly. {@link io.mtl4j.nn.train.Checkpoints} write a training down as it goes, so that it
 * survives a crash; {@link io.mtl4j.nn.train.OnDivergence} says what happens after a loss that is not finite:
 *
 * <pre>{@code
 * Trainer.builder(model)
 *         .schedule(Schedules.progressive("shape").then("colour", 3))
 *         .checkpoints(Checkpoints.in(folder).everyMinutes(10).resuming())
 *         .onDivergence(OnDivergence.rollBack(3, 0.5));
 * }</pre>
 */
package io.mtl4j.nn.train;
