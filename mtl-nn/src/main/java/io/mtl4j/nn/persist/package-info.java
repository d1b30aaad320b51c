/**
 * Saving and loading: {@link io.mtl4j.nn.persist.ModelFiles} writes a model, and when asked what its training remembers, to
 * one file.
 *
 * <p>The file is a zip of JSON and raw little-endian numbers with a format version. It carries no code and no class names:
 * types are written under names that {@link io.mtl4j.nn.persist.KnownTypes} must know, so that a file can make nothing but
 * the parts of models. Sizes are checked before memory is taken, and checksums while reading.
 *
 * <pre>
 * format.json         {"format": "mtl4j-model", "version": 1, ...}
 * architecture.json   inputs, encoder, sharing, heads
 * parameters.bin      the flat vector
 * buffers-0.bin ...   the buffers of each input
 * training.json       epoch, step, seed, memory of methods      (when asked for)
 * optimizer.bin       the optimiser's memory                    (when asked for)
 * </pre>
 */
package io.mtl4j.nn.persist;
