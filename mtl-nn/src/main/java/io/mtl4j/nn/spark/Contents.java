package io.mtl4j.nn.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What a partition has.
 *
 * @param sizes number of examples of each input
 * @param tasks names of the tasks that have labels, for each input
 */
record Contents(int[] sizes, List<Set<String>> tasks) implements Serializable {}
