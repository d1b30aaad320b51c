/**
 * What the tasks are: a {@link io.mtl4j.task.Task} says what is predicted, with which loss, and which way its metric is
 * better; a {@link io.mtl4j.task.TaskSet} is the ordered set of a model's tasks.
 */
package io.mtl4j.task;
