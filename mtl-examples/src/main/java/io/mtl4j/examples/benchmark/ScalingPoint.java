package io.mtl4j.examples.benchmark;

/**
 * How fast a network trains with a number of tasks.
 *
 * @param reference the network
 * @param mode how losses become an update
 * @param tasks number of tasks
 * @param samplesPerSecond examples trained in a second
 */
record ScalingPoint(ReferenceModel reference, Mode mode, int tasks, double samplesPerSecond) {}
