/**
 * Benchmarks of single layers and aggregators with JMH. They are compiled with the tests; {@code .github/benchmark.sh jmh}
 * runs them.
 */
package io.mtl4j.examples.benchmark.jmh;
