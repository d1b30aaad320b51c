/**
 * Which tasks to learn together. An {@link io.mtl4j.grouping.AffinityMeter} measures in a joint training what a step on each
 * task does to the others ({@link io.mtl4j.grouping.TaskAffinity}), and {@link io.mtl4j.grouping.TaskGrouping#best} finds the
 * groups that help each other most, for a given number of models:
 *
 * <pre>{@code
 * TaskAffinity affinity = new TaskAffinity(List.of("digit", "parity", "noise"), new double[][] {
 *     {0.020, 0.010, -0.002},
 *     {0.008, 0.015, -0.001},
 *     {-0.001, -0.003, 0.004}
 * });
 * TaskGrouping grouping = TaskGrouping.best(affinity, 2);
 * grouping.groupOf("digit").tasks(); // [digit, parity]
 * }</pre>
 *
 * <p>Affinities are of one training, and small differences between them are noise: measure with two or three seeds before a
 * decision that is dear to undo. A task that has nothing to do with another has an affinity to it that is small beside those of
 * related tasks, of either sign, and not exactly 0. They tell what helps the training loss, not the error on new examples.
 */
package io.mtl4j.grouping;
