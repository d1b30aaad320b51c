/**
 * TRAINING SCHEDULES: what trains when ({@link io.mtl4j.schedule.TrainingSchedule}), how the learning rate moves ({@link
 * io.mtl4j.schedule.LearningRate}) and when training ends ({@link io.mtl4j.schedule.EarlyStopping}).
 *
 * <p>A schedule gives a {@link io.mtl4j.schedule.StepPlan} for each step: data that say which tasks, which layers of the
 * encoder, and whether the heads train. {@link io.mtl4j.schedule.Schedules} has the usual ones, from tasks that join one
 * after the other to layers that do.
 *
 * <p>A learning-rate curve is a function of the step that gives a factor on the optimiser's own rate:
 *
 * <pre>{@code
 * LearningRate curve = LearningRate.warmup(500, LearningRate.cosine(0.01));
 * double rate = 1e-3 * curve.factor(step, totalSteps);
 * }</pre>
 *
 * <p>Early stopping is a rule and its state. By default it compares epochs by the relative change of every task's main
 * metric, so that tasks with different metrics count alike:
 *
 * <pre>{@code
 * EarlyStopping.State state = EarlyStopping.patience(3).start(tasks);
 * EarlyStopping.Decision decision = state.update(validationMetrics);
 * }</pre>
 */
package io.mtl4j.schedule;
