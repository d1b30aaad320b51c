/**
 * Model and data to metrics: {@link io.mtl4j.nn.evaluate.Evaluator} runs a model over a data set, {@link
 * io.mtl4j.nn.evaluate.Evaluation} is what came out. {@link io.mtl4j.nn.evaluate.SharingReport} tells what each task took
 * from what it shares.
 */
package io.mtl4j.nn.evaluate;
