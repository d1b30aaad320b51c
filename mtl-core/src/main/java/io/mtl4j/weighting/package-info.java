/** LOSS WEIGHTING: {@link io.mtl4j.weighting.LossWeighting} turns K losses into K weights. */
package io.mtl4j.weighting;
