package io.mtl4j.nn.meta;

/**
 * What came out of a step of meta-learning.
 *
 * @param step number of steps done before
 * @param loss the mean of what the method lowers over the step's episodes: with MAML, the query loss after adaptation
 * @param gradientNorm the Euclidean norm of the gradient, before clipping
 */
public record MetaStep(int step, double loss, double gradientNorm) {}
