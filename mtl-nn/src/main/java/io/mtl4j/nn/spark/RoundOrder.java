package io.mtl4j.nn.spark;

import java.io.Serializable;
import java.util.List;

/**
 * Steps to be done by each worker on its own.
 *
 * @param begin what the training has come to
 * @param steps the steps
 */
record RoundOrder(StateNumbers begin, List<PlannedStep> steps) implements Serializable {}
