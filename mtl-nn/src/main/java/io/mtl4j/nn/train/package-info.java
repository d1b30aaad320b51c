/**
 * Training: {@link io.mtl4j.nn.train.Trainer} is the only loop. A step runs the batch forward once, asks the loss weighting
 * or the gradient aggregator how the tasks go together, and lets the {@link io.mtl4j.nn.train.Optimizer} update the flat
 * vector of parameters.
 *
 * <p>Everything random comes from the trainer's seed; what happens is told to {@linkplain
 * io.mtl4j.event.TrainingListener listeners}; the {@link io.mtl4j.nn.train.TrainingResult} has the history, which {@link
 * io.mtl4j.nn.train.LearningCurves} draws and {@link io.mtl4j.nn.train.RunFiles} writes down; a {@link
 * io.mtl4j.nn.train.GradientDiagnostics} watches for tasks in conflict.
 */
package io.mtl4j.nn.train;
