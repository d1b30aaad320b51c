/**
 * How fast the library is: commands that measure training steps ({@link io.mtl4j.examples.benchmark.Benchmark}), answers
 * ({@link io.mtl4j.examples.benchmark.InferenceBenchmark}), the cost of further tasks ({@link
 * io.mtl4j.examples.benchmark.ScalingBenchmark}) and memory over a long training ({@link
 * io.mtl4j.examples.benchmark.SteadyState}) on four small reference networks. The script {@code .github/benchmark.sh}
 * starts them, side by side with PyTorch.
 *
 * <p>A figure is worth something only when nothing else runs on the machine: idle threads of OpenMP spin, and every other
 * program makes them many times slower.
 */
package io.mtl4j.examples.benchmark;
