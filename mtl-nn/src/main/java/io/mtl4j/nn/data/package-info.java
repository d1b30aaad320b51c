/**
 * Data for multi-task models: each input has a {@link io.mtl4j.nn.data.DataSource} of its own, and a training step reads a
 * {@link io.mtl4j.nn.data.MultiTaskBatch} with a batch from each input that takes part.
 */
package io.mtl4j.nn.data;
