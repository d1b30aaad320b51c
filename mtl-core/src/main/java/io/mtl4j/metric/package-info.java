/** Metrics with a direction, and delta-m against single-task baselines. */
package io.mtl4j.metric;
