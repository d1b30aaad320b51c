package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Layer;

/**
 * A branch of a {@link Tree}.
 *
 * @param layer what it computes
 * @param parent the number of the node that it reads; -1 for the input
 */
record TreeNode(Layer layer, int parent) {}
