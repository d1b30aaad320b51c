/** GRADIENT AGGREGATION: {@link io.mtl4j.aggregation.Aggregator} turns K gradients, mostly through their Gramian, into one direction. */
package io.mtl4j.aggregation;
