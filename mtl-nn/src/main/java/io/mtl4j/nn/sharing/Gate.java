package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Layer;

/**
 * The choice of one reader among experts.
 *
 * @param reader its name among the {@link SharingChoice choices}
 * @param scores from an input to a score for each expert, {@code [batch, experts]}
 * @param input the number of the input that it reads, among those of its level
 * @param output the number of the mixture that it makes, among those of its level
 */
record Gate(String reader, Layer scores, int input, int output) {}
