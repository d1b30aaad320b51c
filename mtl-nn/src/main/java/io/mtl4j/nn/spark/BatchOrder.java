package io.mtl4j.nn.spark;

import java.io.Serializable;
import java.util.Set;

/**
 * A batch to be run forward, and backward as asked.
 *
 * @param numbers what the model is now
 * @param examples for each partition and input, the numbers of the examples there
 * @param skipped names of tasks that take no part
 * @param seed for dropout
 */
record BatchOrder(ModelNumbers numbers, int[][][] examples, Set<String> skipped, long seed) implements Serializable {}
