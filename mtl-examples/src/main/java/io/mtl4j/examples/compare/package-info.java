/**
 * Compares the library's methods on one problem with several tasks, as papers do: every weighting and every aggregator, several
 * seeds, beside models of a single task.
 *
 * <p>A {@link io.mtl4j.examples.compare.Problem} is a model and its data; {@link io.mtl4j.examples.compare.MultiMnistProblem}
 * is the usual one of pictures. {@link io.mtl4j.examples.compare.Comparison} trains each {@link
 * io.mtl4j.examples.compare.Method} from the same initial parameters on the same batches and leaves tables and pictures in a
 * folder; those are weightings and aggregators in {@link io.mtl4j.examples.CompareMethods}, ways of sharing in {@link
 * io.mtl4j.examples.CompareSharings}, schedules in {@link io.mtl4j.examples.CompareSchedules}.
 */
package io.mtl4j.examples.compare;
